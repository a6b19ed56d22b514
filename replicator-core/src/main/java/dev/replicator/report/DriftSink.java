package dev.replicator.report;

/** Hears what drifted, in key order within a pair; called by one thread. */
@FunctionalInterface
public interface DriftSink {
    DriftSink NONE = finding -> {};

    void accept(DriftFinding finding);
}
