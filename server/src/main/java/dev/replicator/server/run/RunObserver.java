package dev.replicator.server.run;

/** Hears of runs: events, metrics and notifications are observers. Called from several threads; must be quick and must not throw. */
public interface RunObserver {
    RunObserver SILENT = new RunObserver() {};

    default void changed(RunRecord run) {}

    default void progressed(RunRecord run, RunProgress progress) {}
}
