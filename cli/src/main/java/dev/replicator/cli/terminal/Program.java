package dev.replicator.cli.terminal;

/** What the user called to start this, for hints that can be typed as they stand. */
public final class Program {
    private Program() {}

    public static String name() {
        return System.getProperty("replicator.program", "replicator");
    }
}
