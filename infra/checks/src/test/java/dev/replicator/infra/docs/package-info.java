/** The pages: their links, and that the runbook leaves out no exit code and no guard. */
package dev.replicator.infra.docs;
