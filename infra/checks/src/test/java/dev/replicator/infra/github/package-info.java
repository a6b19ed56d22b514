/** The workflows, and the action: its scripts are run, over directories and a stand-in for GitHub's API. */
package dev.replicator.infra.github;
