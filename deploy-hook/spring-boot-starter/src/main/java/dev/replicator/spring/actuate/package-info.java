/** Health and endpoint, where the application has Actuator; its classes that moved in Boot 4 have an adapter each. */
@NullMarked
package dev.replicator.spring.actuate;

import org.jspecify.annotations.NullMarked;
