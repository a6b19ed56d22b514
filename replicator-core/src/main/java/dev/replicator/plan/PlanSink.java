package dev.replicator.plan;

/** Receives a plan's actions in key order within each prefix pair; called by one thread. */
@FunctionalInterface
public interface PlanSink {
    PlanSink NONE = action -> {};

    void accept(Action action);
}
