package dev.replicator.server.access;

/**
 * How much of the server one caller may take.
 *
 * @param changesAtOnce requests of one token that change something, in one go
 * @param changesPerSecond of one token in the long run
 * @param watchers event streams of all callers
 * @param watchersOfOne event streams of one token
 */
public record AccessLimits(int changesAtOnce, double changesPerSecond, int watchers, int watchersOfOne) {
    public static final AccessLimits DEFAULT = new AccessLimits(100, 20, 200, 150);
}
