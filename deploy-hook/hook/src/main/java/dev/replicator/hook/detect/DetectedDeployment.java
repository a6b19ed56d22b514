package dev.replicator.hook.detect;

import java.util.Optional;

/**
 * What is known of this deployment's identity.
 *
 * @param id absent: nothing names it, and the hook can't know whether it is new
 * @param reason where the id comes from, or what to do when there is none; for people
 */
public record DetectedDeployment(Optional<String> id, String reason) {}
