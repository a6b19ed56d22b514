package dev.replicator.hook.detect;

/**
 * Where the process runs.
 *
 * @param name for people: {@code production}, {@code staging}, {@code development}, …
 * @param production whether the hook is active here
 * @param reason which variable said so, for people
 */
public record DetectedEnvironment(String name, boolean production, String reason) {}
