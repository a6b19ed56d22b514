package dev.replicator.hook;

import dev.replicator.Replicator;
import dev.replicator.RunOptions;
import dev.replicator.diff.Change;
import dev.replicator.job.ReplicationJob;
import dev.replicator.report.FindingSink;
import dev.replicator.report.RunReport;
import dev.replicator.report.SideCount;
import dev.replicator.report.ValidationReport;
import dev.replicator.store.ObjectStore;

/** What the hook needs of the engine. */
interface Engine {
    RunReport run(ReplicationJob job, RunOptions options);

    ValidationReport validate(ReplicationJob job, FindingSink sink, RunOptions options);

    SideCount count(ReplicationJob job, Change.Side side);

    ObjectStore openControl(ReplicationJob job);

    static Engine of(Replicator replicator) {
        return new Engine() {
            @Override
            public RunReport run(ReplicationJob job, RunOptions options) {
                return replicator.run(job, options);
            }

            @Override
            public ValidationReport validate(ReplicationJob job, FindingSink sink, RunOptions options) {
                return replicator.validate(job, sink, options);
            }

            @Override
            public SideCount count(ReplicationJob job, Change.Side side) {
                return replicator.count(job, side);
            }

            @Override
            public ObjectStore openControl(ReplicationJob job) {
                return replicator.openControl(job);
            }
        };
    }
}
