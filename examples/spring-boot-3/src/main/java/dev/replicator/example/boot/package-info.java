/** An application with Spring Boot 3: the starter replicates before the web server accepts requests. */
@NullMarked
package dev.replicator.example.boot;

import org.jspecify.annotations.NullMarked;
