/**
 * The deploy hook in a Spring Boot application, 3.5 or 4: configured by {@code replicator.*}, run as the application
 * starts. May use Spring and Spring Boot's core and auto-configuration; no web layer, and no class whose package differs
 * between the two versions.
 */
@NullMarked
package dev.replicator.spring;

import org.jspecify.annotations.NullMarked;
