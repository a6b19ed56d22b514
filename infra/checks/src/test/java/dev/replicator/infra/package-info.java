/** Holds what lies under {@code infra/} and {@code .github/} against schemas, tools and the code itself. */
package dev.replicator.infra;
