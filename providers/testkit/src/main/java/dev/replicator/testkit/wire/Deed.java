package dev.replicator.testkit.wire;

import java.util.List;
import java.util.function.Consumer;

/** What a rule does to a call it claims. */
sealed interface Deed<C> {
    record Inject<C>(List<WireFault> faults) implements Deed<C> {
        public Inject {
            faults = List.copyOf(faults);
        }
    }

    record RunBefore<C>(Consumer<C> code) implements Deed<C> {}

    record RunAfterCommit<C>(Consumer<C> code) implements Deed<C> {}
}
