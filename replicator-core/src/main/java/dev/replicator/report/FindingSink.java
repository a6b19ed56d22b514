package dev.replicator.report;

/** Receives a validation's findings in key order within each prefix pair; called by one thread. */
@FunctionalInterface
public interface FindingSink {
    FindingSink NONE = finding -> {};

    void accept(Finding finding);
}
