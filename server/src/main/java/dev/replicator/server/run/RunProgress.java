package dev.replicator.server.run;

/**
 * How far a run is. While its listings go on, what is planned still grows.
 *
 * @param bytes of objects that were copied whole
 */
public record RunProgress(long sourceKeys, long destinationKeys, long planned, long finished, long failed, long bytes) {
    public static final RunProgress NONE = new RunProgress(0, 0, 0, 0, 0, 0);
}
