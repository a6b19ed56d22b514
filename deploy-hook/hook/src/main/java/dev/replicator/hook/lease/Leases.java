package dev.replicator.hook.lease;

import dev.replicator.hook.control.ControlObjects;
import dev.replicator.hook.control.LeaseOwner;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lease of a job as one process sees it: {@code lease/<20-digit n>/owner}, {@code …/beat-<k>}, {@code …/released},
 * all create-only. The highest number rules. It is free when there is none, when it was released, or when its holder
 * must have stopped:
 *
 * <table>
 * <caption>Expired</caption>
 * <tr><th>evidence</th><th>why</th></tr>
 * <tr><td>this process watched it for the TTL and saw no beat</td><td>needs no clock at all</td></tr>
 * <tr><td>the newest beat and the TTL lie before the store's time, and this process watched it for half the TTL without
 * a beat</td><td>a crash long ago; the watch guards against a clock that jumped, for a living holder beats every
 * third</td></tr>
 * </table>
 *
 * Needs strongly consistent listings and an atomic create-only write; {@link StoreProbe} finds out. One per process and
 * attempt; used by one thread, but {@link #look} by its leases' heartbeats too.
 */
public final class Leases {
    static final String BEAT = "beat-";
    /** Stores tell times in whole seconds, both the object's and their own. */
    static final Duration GRANULARITY = Duration.ofSeconds(2);

    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final String ROOT = "lease/";
    private static final Pattern NAME = Pattern.compile("lease/(\\d{20})/(owner|released|beat-\\d{1,18})");
    private static final Logger log = LoggerFactory.getLogger(Leases.class);

    private final LeaseObjects objects;
    private final Timing timing;
    private final LeaseOwner me;
    private String watched = "";
    private long watchedSince;

    /** For those who look only: requests are waited for as long as their client does. */
    public Leases(ControlObjects objects, Timing timing, LeaseOwner me) {
        this(objects, timing, me, new Attempts(RequestLimit.NONE, timing));
    }

    /** @param objects send every request once: {@code attempts} repeats them */
    public Leases(ControlObjects objects, Timing timing, LeaseOwner me, Attempts attempts) {
        this.objects = new LeaseObjects(objects, attempts, me.ttl());
        this.timing = timing;
        this.me = me;
    }

    static String folder(long number) {
        return ROOT + String.format("%020d", number) + "/";
    }

    static String ownerKey(long number) {
        return folder(number) + "owner";
    }

    static String beatKey(long number, long beat) {
        return folder(number) + BEAT + beat;
    }

    static String releasedKey(long number) {
        return folder(number) + "released";
    }

    static long beatOf(String key) {
        Matcher name = NAME.matcher(key);
        return name.matches() && name.group(2).startsWith(BEAT)
                ? Long.parseLong(name.group(2).substring(BEAT.length()))
                : Long.MAX_VALUE;
    }

    /** The ruling lease, read from the store. */
    public LeaseView look() {
        List<ObjectMeta> all = objects.list(ROOT);
        long highest = 0;
        for (ObjectMeta object : all) {
            highest = Math.max(highest, numberOf(object));
        }
        if (highest == 0) {
            return LeaseView.NONE;
        }
        boolean released = false;
        Instant newest = Instant.MIN;
        List<String> older = new ArrayList<>();
        StringBuilder trace = new StringBuilder();
        for (ObjectMeta object : all) {
            String key = object.key().text();
            if (numberOf(object) == highest) {
                released |= key.equals(releasedKey(highest));
                newest = object.modified().isAfter(newest) ? object.modified() : newest;
                trace.append(key).append('@').append(object.modified()).append(' ');
            } else if (numberOf(object) > 0) {
                older.add(key);
            }
        }
        Optional<LeaseOwner> owner = released ? Optional.empty() : objects.owner(ownerKey(highest));
        return new LeaseView(highest, owner, released, newest, trace.toString(), older);
    }

    private static long numberOf(ObjectMeta object) {
        Matcher name = NAME.matcher(object.key().text());
        if (!name.matches()) {
            return 0;
        }
        try {
            return Long.parseLong(name.group(1));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** Whether the lease may be taken now, by what this process has seen up to this look. */
    public boolean isFree(LeaseView view) {
        if (view.released()) {
            return true;
        }
        long now = timing.nanos();
        if (!view.trace().equals(watched)) {
            watched = view.trace();
            watchedSince = now;
        }
        return Duration.ofNanos(now - watchedSince).compareTo(ttlOf(view)) >= 0
                || (missesBeats(view) && looksExpired(view));
    }

    /**
     * Whether the holder may be gone, by the store's clock or because it was seen to miss a beat: worth a TTL's watch even
     * for those who won't wait.
     */
    public boolean maybeGone(LeaseView view) {
        return missesBeats(view) || looksExpired(view);
    }

    /** Whether this process watched the lease for half its TTL without a beat: a living holder beats every third. */
    private boolean missesBeats(LeaseView view) {
        return view.trace().equals(watched)
                && Duration.ofNanos(timing.nanos() - watchedSince)
                                .compareTo(ttlOf(view).dividedBy(2))
                        >= 0;
    }

    /** Whether the store's clock says that the holder is gone. */
    public boolean looksExpired(LeaseView view) {
        return view.newest().plus(ttlOf(view)).plus(GRANULARITY).isBefore(objects.now(timing::now));
    }

    /** The holder's TTL, not ours: it stops by its own. */
    private Duration ttlOf(LeaseView view) {
        Duration ttl = view.owner().map(LeaseOwner::ttl).orElse(me.ttl());
        if (ttl.compareTo(SHORTEST) < 0) {
            return SHORTEST;
        }
        return ttl.compareTo(LONGEST) > 0 ? LONGEST : ttl;
    }

    /**
     * Takes the number after a free lease's.
     *
     * @return empty when another was faster
     */
    public Optional<Lease> take(LeaseView free) {
        long number = free.number() + 1;
        byte[] record = me.toBytes();
        long sent = timing.nanos();
        if (!objects.create(ownerKey(number), record)) {
            return Optional.empty();
        }
        Lease lease = new Lease(this, objects, number, record, timing, new LeaseTerm(timing::nanos, me.ttl(), sent));
        try {
            return confirmed(lease);
        } catch (StoreException e) {
            lease.release();
            throw e;
        }
    }

    /** A look at a number that was removed long ago can be followed by its creation: only the highest is a lease. */
    private Optional<Lease> confirmed(Lease lease) {
        LeaseView ruling = look();
        if (ruling.number() != lease.number()) {
            objects.delete(ownerKey(lease.number()));
            return Optional.empty();
        }
        for (String old : ruling.older()) {
            try {
                objects.delete(old);
            } catch (StoreException e) {
                log.debug("could not remove {}: {}", old, e.getMessage());
            }
        }
        return Optional.of(lease);
    }
}
