package dev.replicator.baseline;

import dev.replicator.store.ByteArrayBody;
import dev.replicator.store.Capability;
import dev.replicator.store.KeyPrefix;
import dev.replicator.store.ListRequest;
import dev.replicator.store.Listing;
import dev.replicator.store.ObjectBody;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectNotFoundException;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Page;
import dev.replicator.store.Precondition;
import dev.replicator.store.RequestCounts;
import dev.replicator.store.RequestKind;
import dev.replicator.store.StaleObjectException;
import dev.replicator.store.Version;
import dev.replicator.store.WriteOptions;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The objects of a baseline, under {@code baseline/} of a job's control prefix. Throws what its store throws. */
final class BaselineArea {
    private static final String FOLDER = "baseline/";
    private static final String CURRENT = "current.json";
    private static final long LONGEST_MANIFEST = 256L << 20;

    private final ObjectStore control;
    private Map<String, ObjectMeta> found = Map.of();

    /** @param control the job's control prefix */
    BaselineArea(ObjectStore control) {
        this.control = control;
    }

    /** Looks what is there: one listing, so that nothing has to be asked for by its name. */
    void look() {
        Map<String, ObjectMeta> seen = new HashMap<>();
        forEach(object -> seen.put(name(object.key()), object));
        found = seen;
    }

    private void forEach(Consumer<ObjectMeta> consumer) {
        try (Listing listing = control.list(ListRequest.of(KeyPrefix.of(FOLDER)))) {
            for (Optional<Page> page = listing.next(); page.isPresent(); page = listing.next()) {
                for (int entry = 0; entry < page.get().count(); entry++) {
                    consumer.accept(page.get().meta(entry));
                }
            }
        }
    }

    /** The version of {@code current.json}, if it was there at the last look. */
    Optional<Version> currentVersion() {
        return Optional.ofNullable(found.get(CURRENT)).map(ObjectMeta::version);
    }

    byte[] current() throws UnusableBaselineException {
        ObjectMeta object = seen(CURRENT);
        if (object.size() > LONGEST_MANIFEST) {
            throw new UnusableBaselineException("its manifest is too long to be one");
        }
        return content(object);
    }

    byte[] content(Chunk chunk) throws UnusableBaselineException {
        ObjectMeta object = seen(chunk.name());
        if (object.size() != chunk.bytes() || chunk.bytes() > Chunk.LONGEST) {
            throw new UnusableBaselineException("its part " + chunk.name() + " is torn");
        }
        return content(object);
    }

    /** The content of an object that was there at the last look. */
    byte[] content(String name) throws UnusableBaselineException {
        ObjectMeta object = seen(name);
        if (object.size() > Chunk.LONGEST) {
            throw new UnusableBaselineException("its part " + name + " is too long to be one");
        }
        return content(object);
    }

    /** When an object that was there at the last look was written, by the store's clock. */
    Instant written(String name) throws UnusableBaselineException {
        return seen(name).modified();
    }

    /** The same; empty for what was not there. */
    Optional<Instant> seenAt(String name) {
        return Optional.ofNullable(found.get(name)).map(ObjectMeta::modified);
    }

    /** Names of what was there at the last look. */
    Set<String> names() {
        return Set.copyOf(found.keySet());
    }

    private ObjectMeta seen(String name) throws UnusableBaselineException {
        Optional<ObjectMeta> object = Optional.ofNullable(found.get(name));
        if (object.isEmpty()) {
            throw new UnusableBaselineException("its part " + name + " is missing");
        }
        return object.get();
    }

    private byte[] content(ObjectMeta object) throws UnusableBaselineException {
        try (ObjectBody body = control.read(object);
                InputStream stream = body.open()) {
            return stream.readNBytes(Math.toIntExact(object.size()));
        } catch (ObjectNotFoundException | StaleObjectException e) {
            throw new UnusableBaselineException("another run replaced it meanwhile", e);
        } catch (IOException e) {
            throw new UnusableBaselineException("its part " + name(object.key()) + " can't be read", e);
        }
    }

    void write(String name, byte[] content) {
        control.write(key(name), ByteArrayBody.of(content), WriteOptions.of(Precondition.none()));
    }

    /**
     * Makes a manifest the current one, if {@code seen} still is.
     *
     * @throws StaleObjectException when another run wrote one since
     */
    void replaceCurrent(byte[] content, Optional<Version> seen) {
        Capability needed = seen.isPresent() ? Capability.CONDITIONAL_WRITE : Capability.CREATE_ONLY_WRITE;
        Precondition asSeen = seen.<Precondition>map(Precondition::unchanged).orElseGet(Precondition::absent);
        boolean checks = control.capabilities().contains(needed);
        control.write(key(CURRENT), ByteArrayBody.of(content), WriteOptions.of(checks ? asSeen : Precondition.none()));
    }

    /** What {@code current.json} says at this moment, whoever wrote it. */
    byte[] currentNow() throws UnusableBaselineException {
        ObjectMeta object =
                control.head(key(CURRENT)).orElseThrow(() -> new UnusableBaselineException("its manifest is gone"));
        return content(object);
    }

    /** Removes objects by their names, as far as they are there. */
    void remove(Iterable<String> names) {
        for (String name : names) {
            control.delete(key(name), Precondition.none());
        }
    }

    /**
     * Removes the parts of runs with an id below {@code runId}, but for {@code kept}: what replaced or killed runs left.
     * A run under way that began later has a greater id. What runs announced stays.
     */
    void sweep(String runId, Set<String> kept) {
        List<String> left = new ArrayList<>();
        forEach(object -> {
            String name = name(object.key());
            int slash = name.indexOf('/');
            if (slash > 0 && name.substring(0, slash).compareTo(runId) < 0 && !kept.contains(name) && !isIntent(name)) {
                left.add(name);
            }
        });
        remove(left);
    }

    /**
     * Requests that {@link #sweep} will send, when as many objects are new by then.
     *
     * @param kept names of parts that stay
     */
    RequestCounts sweeping(long made, Set<String> kept) {
        long objects = found.size() + made + (currentVersion().isEmpty() ? 1 : 0);
        long left = found.keySet().stream()
                .filter(name -> name.indexOf('/') > 0 && !kept.contains(name) && !isIntent(name))
                .count();
        long pages = (objects + ListRequest.MAX_PAGE - 1) / ListRequest.MAX_PAGE;
        return RequestCounts.of(RequestKind.LIST, pages).and(RequestKind.DELETE, left);
    }

    static boolean isIntent(String name) {
        return name.contains("/" + IntentLog.WORD);
    }

    private static String name(ObjectKey key) {
        return key.text().substring(FOLDER.length());
    }

    private static ObjectKey key(String name) {
        return ObjectKey.of(FOLDER + name);
    }
}
