/** What starts everything on one machine, as far as it can be checked without a container engine. */
package dev.replicator.infra.compose;
