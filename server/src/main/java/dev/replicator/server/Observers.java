package dev.replicator.server;

import dev.replicator.server.run.RunObserver;
import dev.replicator.server.run.RunProgress;
import dev.replicator.server.run.RunRecord;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Several observers as one; what one of them throws harms neither the others nor the run. */
record Observers(List<RunObserver> all) implements RunObserver {
    private static final Logger log = LoggerFactory.getLogger(Observers.class);

    Observers {
        all = List.copyOf(all);
    }

    @Override
    public void changed(RunRecord run) {
        tell(observer -> observer.changed(run));
    }

    @Override
    public void progressed(RunRecord run, RunProgress progress) {
        tell(observer -> observer.progressed(run, progress));
    }

    private void tell(Consumer<RunObserver> news) {
        for (RunObserver observer : all) {
            try {
                news.accept(observer);
            } catch (RuntimeException e) {
                log.error("an observer of runs failed", e);
            }
        }
    }
}
