package dev.replicator.hook.lease;

import dev.replicator.hook.control.ControlObjects;
import dev.replicator.hook.control.ProbedCapabilities;
import dev.replicator.store.AccessDeniedException;
import dev.replicator.store.BucketNotFoundException;
import dev.replicator.store.ByteArrayBody;
import dev.replicator.store.Capability;
import dev.replicator.store.CredentialsException;
import dev.replicator.store.KeyPrefix;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Precondition;
import dev.replicator.store.StaleObjectException;
import dev.replicator.store.StoreException;
import dev.replicator.store.WriteOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out by writing which preconditions a store honours: an S3-compatible server may ignore them, or check them and
 * still let two racing writers win (measured on common emulators). Works on objects of its own under {@code probe/},
 * which it removes.
 */
public final class StoreProbe {
    /** Raised when the probe gets stricter: older verdicts are then void. */
    public static final int VERSION = 1;

    static final int WRITERS = 8;
    static final int ROUNDS = 20;

    private static final Set<Capability> PROBED = EnumSet.of(
            Capability.CREATE_ONLY_WRITE,
            Capability.CONDITIONAL_WRITE,
            Capability.CREATE_ONLY_COPY,
            Capability.CONDITIONAL_COPY,
            Capability.CONDITIONAL_DELETE,
            Capability.PINNED_READ);
    private static final Logger log = LoggerFactory.getLogger(StoreProbe.class);

    private final ObjectStore store;
    private final KeyPrefix controlPrefix;
    private final String folder;

    /**
     * @param claimed the control prefix, opened with {@link #claims} so that the store sends its conditions
     * @param controlPrefix the control prefix in its bucket, for server-side copies
     * @param id unique name of this probe
     */
    public StoreProbe(ControlObjects claimed, KeyPrefix controlPrefix, String id) {
        this.store = claimed.store();
        this.controlPrefix = controlPrefix;
        this.folder = "probe/" + id + "/";
    }

    /** What a store must be opened with for a probe. */
    public static Set<Capability> claims(Set<Capability> declared) {
        Set<Capability> all = EnumSet.copyOf(PROBED);
        all.addAll(declared);
        return all;
    }

    /**
     * Probes.
     *
     * @param declared what the store declares by itself: kept, proven or not
     * @throws StoreException when the store can't be reached or written at all
     */
    public ProbedCapabilities probe(Set<Capability> declared, Instant now) {
        Set<Capability> found = EnumSet.noneOf(Capability.class);
        found.addAll(declared);
        if (honoursCreateOnly() && survivesContention()) {
            found.add(Capability.CREATE_ONLY_WRITE);
        }
        add(found, Capability.CONDITIONAL_WRITE, this::honoursUnchangedWrite);
        add(found, Capability.CONDITIONAL_DELETE, this::honoursUnchangedDelete);
        add(found, Capability.PINNED_READ, this::honoursPinnedRead);
        if (declared.contains(Capability.SERVER_SIDE_COPY)) {
            add(found, Capability.CREATE_ONLY_COPY, () -> honoursCopy(true));
            add(found, Capability.CONDITIONAL_COPY, () -> honoursCopy(false));
        }
        log.info("probed {}: honours {}", store.bucket(), found);
        return new ProbedCapabilities(ProbedCapabilities.placeOf(store.bucket()), VERSION, now, found);
    }

    private void add(Set<Capability> found, Capability capability, Callable<Boolean> test) {
        try {
            if (test.call()) {
                found.add(capability);
            }
        } catch (StoreException e) {
            log.debug("probe of {}: {}", capability, e.getMessage());
        } catch (Exception e) {
            log.debug("probe of {} failed", capability, e);
        }
    }

    private boolean honoursCreateOnly() {
        ObjectKey key = key("create");
        try {
            put(key, "first", Precondition.absent());
        } catch (AccessDeniedException | CredentialsException | BucketNotFoundException e) {
            throw e;
        } catch (StoreException e) {
            log.debug("probe of create-only writes: {}", e.getMessage());
            return false;
        }
        try {
            return refuses(() -> put(key, "second", Precondition.absent())) && holds(key, "first");
        } catch (StoreException e) {
            log.debug("probe of create-only writes: {}", e.getMessage());
            return false;
        } finally {
            remove(key);
        }
    }

    /** Writers race for one key, round after round; never may two of them be told that they created it. */
    private boolean survivesContention() {
        ExecutorService writers = Executors.newFixedThreadPool(WRITERS, work -> {
            Thread thread = new Thread(work, "replicator-probe");
            thread.setDaemon(true);
            return thread;
        });
        try {
            int decided = 0;
            for (int round = 0; round < ROUNDS; round++) {
                int winners = race(writers, key("race-" + round));
                if (winners > 1) {
                    log.debug("probe of create-only writes: {} of {} racing writers won", winners, WRITERS);
                    return false;
                }
                decided += winners;
            }
            return decided > 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            writers.shutdownNow();
        }
    }

    private int race(ExecutorService writers, ObjectKey key) throws InterruptedException {
        List<Callable<Boolean>> attempts = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            String text = "writer " + writer;
            attempts.add(() -> created(key, text));
        }
        int winners = 0;
        for (Future<Boolean> attempt : writers.invokeAll(attempts)) {
            try {
                winners += attempt.get() ? 1 : 0;
            } catch (ExecutionException e) {
                log.debug("probe: a racing writer failed", e.getCause());
            }
        }
        remove(key);
        return winners;
    }

    private boolean created(ObjectKey key, String text) {
        try {
            put(key, text, Precondition.absent());
            return true;
        } catch (StoreException e) {
            return false;
        }
    }

    private boolean honoursUnchangedWrite() throws IOException {
        ObjectKey key = key("replace");
        try {
            ObjectMeta old = put(key, "one", Precondition.none());
            ObjectMeta current = put(key, "two", Precondition.none());
            boolean refused = refuses(() -> put(key, "lost", Precondition.unchanged(old.version())));
            put(key, "tri", Precondition.unchanged(current.version()));
            return refused && holds(key, "tri");
        } finally {
            remove(key);
        }
    }

    private boolean honoursUnchangedDelete() {
        ObjectKey key = key("delete");
        try {
            ObjectMeta old = put(key, "one", Precondition.none());
            ObjectMeta current = put(key, "two", Precondition.none());
            boolean refused = refuses(() -> store.delete(key, Precondition.unchanged(old.version())));
            boolean kept = store.head(key).isPresent();
            store.delete(key, Precondition.unchanged(current.version()));
            return refused && kept && store.head(key).isEmpty();
        } finally {
            remove(key);
        }
    }

    private boolean honoursPinnedRead() {
        ObjectKey key = key("read");
        try {
            ObjectMeta old = put(key, "one", Precondition.none());
            put(key, "two", Precondition.none());
            return refuses(() -> read(old));
        } finally {
            remove(key);
        }
    }

    private boolean honoursCopy(boolean createOnly) throws IOException {
        ObjectKey from = key("copy-from");
        ObjectKey to = key("copy-to");
        try {
            ObjectMeta source = put(from, "new", Precondition.none());
            ObjectMeta old = put(to, "one", Precondition.none());
            put(to, "two", Precondition.none());
            Precondition broken = createOnly ? Precondition.absent() : Precondition.unchanged(old.version());
            ObjectMeta full = source.withKey(from.prependedBy(controlPrefix));
            return refuses(() -> store.copyFrom(store.bucket(), full, to, WriteOptions.of(broken))) && holds(to, "two");
        } finally {
            remove(from);
            remove(to);
        }
    }

    private static boolean refuses(Runnable request) {
        try {
            request.run();
            return false;
        } catch (StaleObjectException e) {
            return true;
        }
    }

    private boolean holds(ObjectKey key, String text) {
        return store.head(key)
                .map(meta -> Arrays.equals(read(meta), text.getBytes(StandardCharsets.UTF_8)))
                .orElse(false);
    }

    private byte[] read(ObjectMeta meta) {
        try (InputStream stream = store.read(meta).open()) {
            return stream.readNBytes(64);
        } catch (IOException e) {
            return new byte[0];
        }
    }

    private ObjectMeta put(ObjectKey key, String text, Precondition precondition) {
        return store.write(key, ByteArrayBody.of(text.getBytes(StandardCharsets.UTF_8)), WriteOptions.of(precondition));
    }

    private void remove(ObjectKey key) {
        try {
            store.delete(key, Precondition.none());
        } catch (StoreException e) {
            log.debug("could not remove {}: {}", key, e.getMessage());
        }
    }

    private ObjectKey key(String name) {
        return ObjectKey.of(folder + name);
    }
}
