package dev.replicator.testkit.s3.fault;

import dev.replicator.testkit.s3.model.S3Call;
import java.util.List;
import java.util.function.Consumer;

/** What a rule does to a call it claims. */
sealed interface Deed {
    record Inject(List<Fault> faults) implements Deed {
        public Inject {
            faults = List.copyOf(faults);
        }
    }

    record RunBefore(Consumer<S3Call> code) implements Deed {}

    record RunAfterCommit(Consumer<S3Call> code) implements Deed {}
}
