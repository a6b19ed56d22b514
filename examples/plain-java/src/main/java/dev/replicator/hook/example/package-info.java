/** An application that calls the hook as it starts: between seeding its database and registering its routes. */
@NullMarked
package dev.replicator.hook.example;

import org.jspecify.annotations.NullMarked;
