package dev.replicator.hook;

import dev.replicator.hook.control.ControlArea;
import dev.replicator.hook.control.ControlObjects;
import dev.replicator.hook.control.ProbedCapabilities;
import dev.replicator.hook.lease.StoreProbe;
import dev.replicator.job.ReplicationJob;
import dev.replicator.store.Capability;
import dev.replicator.store.RetrySettings;
import dev.replicator.store.StoreException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A job's control prefix, opened with what its store can do: as it declares, else as a cached probe found, else as a
 * probe finds now. Used by one thread.
 */
final class SafeControl implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SafeControl.class);

    private final HookMachinery machinery;
    private final ReplicationJob declared;
    private ReplicationJob job;
    private ControlObjects objects;
    private Optional<ControlObjects> once = Optional.empty();

    /** Opens as declared; sends no request. */
    SafeControl(HookMachinery machinery, ReplicationJob declared) {
        this.machinery = machinery;
        this.declared = declared;
        this.job = declared;
        this.objects = open(declared);
    }

    /** The job with what is known of its destination's capabilities. */
    ReplicationJob job() {
        return job;
    }

    ControlObjects objects() {
        return objects;
    }

    ControlArea area() {
        return new ControlArea(objects);
    }

    /**
     * The same objects, every request sent once: for what must be through while a lease lasts, which {@link
     * dev.replicator.hook.lease.Attempts} repeats. A client of its own, so that nothing of the run's keeps it waiting.
     */
    ControlObjects once() {
        if (once.isEmpty()) {
            RetrySettings retry = job.retry();
            once = Optional.of(open(job.withRetry(new RetrySettings(1, retry.base(), retry.max(), retry.deadline()))));
        }
        return once.get();
    }

    Instant now() {
        return objects.now(machinery.timing()::now);
    }

    /** Makes sure what the store can do, by writing if need be; then says whether it can hold a lease. */
    boolean holdsLeases() {
        if (can()) {
            return true;
        }
        Set<Capability> own = objects.capabilities();
        Optional<ProbedCapabilities> cached = area().capabilities()
                .valid()
                .filter(known -> known.speaksFor(objects.bucket(), StoreProbe.VERSION, now()))
                .filter(known -> known.found().contains(Capability.CREATE_ONLY_WRITE));
        ProbedCapabilities known = cached.orElseGet(() -> probed(own));
        reopen(known.found());
        if (cached.isEmpty() && can()) {
            remember(known);
        }
        return can();
    }

    private boolean can() {
        return objects.capabilities().contains(Capability.CREATE_ONLY_WRITE);
    }

    private ProbedCapabilities probed(Set<Capability> own) {
        try (ControlObjects claimed = open(with(StoreProbe.claims(own)))) {
            StoreProbe probe = new StoreProbe(
                    claimed, declared.controlPrefix(), machinery.ids().get());
            return probe.probe(own, now());
        }
    }

    private void reopen(Set<Capability> found) {
        close();
        once = Optional.empty();
        Set<Capability> all = EnumSet.noneOf(Capability.class);
        all.addAll(found);
        job = with(all);
        objects = open(job);
    }

    private ReplicationJob with(Set<Capability> capabilities) {
        return declared.withDestination(declared.destination().withCapabilities(capabilities));
    }

    private ControlObjects open(ReplicationJob opened) {
        return new ControlObjects(machinery.engine().openControl(opened));
    }

    private void remember(ProbedCapabilities known) {
        try {
            area().remember(known);
        } catch (StoreException e) {
            log.warn("could not keep what the probe found: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        try {
            once.ifPresent(ControlObjects::close);
        } finally {
            objects.close();
        }
    }
}
