package dev.replicator.hook.lease;

import dev.replicator.execute.MutationGuard;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.StoreException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lease that was taken. Its holder checks it before every mutation and lets it beat every third of its TTL. Once lost
 * it is lost for ever. Thread-safe.
 */
public final class Lease implements MutationGuard {
    private static final Logger log = LoggerFactory.getLogger(Lease.class);

    private final Leases leases;
    private final LeaseObjects objects;
    private final long number;
    private final byte[] record;
    private final Timing timing;
    private final LeaseTerm term;
    private final AtomicLong beats = new AtomicLong();
    private final ReentrantLock beating = new ReentrantLock();

    Lease(Leases leases, LeaseObjects objects, long number, byte[] record, Timing timing, LeaseTerm term) {
        this.leases = leases;
        this.objects = objects;
        this.number = number;
        this.record = record;
        this.timing = timing;
        this.term = term;
    }

    /** The fencing number: higher than that of every lease before. */
    public long number() {
        return number;
    }

    /** Why it is no longer held; empty while it is. */
    public Optional<String> lost() {
        return term.end();
    }

    @Override
    public void check() {
        Optional<String> end = term.end();
        if (end.isPresent()) {
            throw new NotAllowedException("lease " + number + " is no longer held: " + end.get());
        }
    }

    /**
     * Writes a beat and looks whether a higher number rules. A request that hangs is repeated while the lease lasts; a
     * beat that fails leaves the lease as it was: the next may succeed in time. Does nothing while another beat is under
     * way. Never throws.
     */
    public void beat() {
        if (term.end().isPresent() || !beating.tryLock()) {
            return;
        }
        long beat = beats.incrementAndGet();
        try {
            beat(beat, timing.nanos());
        } catch (StoreException e) {
            log.warn("heartbeat {} of lease {} failed: {}", beat, number, e.getMessage());
        } catch (RuntimeException e) {
            log.warn("heartbeat {} of lease {} failed", beat, number, e);
        } finally {
            beating.unlock();
        }
    }

    private void beat(long beat, long sent) {
        if (!objects.create(Leases.beatKey(number, beat), record)) {
            term.end("another process wrote its heartbeat");
            return;
        }
        LeaseView ruling = leases.look();
        if (ruling.number() != number) {
            term.end(ruling.holder() + " has taken lease " + ruling.number());
            return;
        }
        term.renew(sent);
        removeBeatsBefore(beat);
    }

    /**
     * Gives the lease back: a {@code released} object tells that it is free at once, and the owner record stays so that
     * numbers go on rising. Does nothing when it was lost; waits for no beat that is under way. Never throws; what fails
     * is left to expire.
     */
    public void release() {
        if (!term.end("it was released")) {
            return;
        }
        try {
            objects.create(Leases.releasedKey(number), record);
            removeBeatsBefore(Long.MAX_VALUE);
        } catch (RuntimeException e) {
            log.warn("release of lease {} failed, it will expire: {}", number, e.getMessage());
        }
    }

    private void removeBeatsBefore(long beat) {
        for (ObjectMeta object : objects.list(Leases.folder(number) + Leases.BEAT)) {
            if (Leases.beatOf(object.key().text()) < beat) {
                objects.delete(object.key().text());
            }
        }
    }
}
