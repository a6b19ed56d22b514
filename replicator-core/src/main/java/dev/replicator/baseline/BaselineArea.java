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
import dev.replicator.store.StaleObjectException;
import dev.replicator.store.TransientStoreException;
import dev.replicator.store.Version;
import dev.replicator.store.WriteOptions;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The objects of a baseline, under {@code baseline/} of a job's control prefix. Throws what its store throws. */
final class BaselineArea {
    private static final String FOLDER = "baseline/";
    private static final ObjectKey CURRENT = ObjectKey.of(FOLDER + "current.json");
    private static final long LONGEST_MANIFEST = 256L << 20;

    private final ObjectStore control;

    /** @param control the job's control prefix */
    BaselineArea(ObjectStore control) {
        this.control = control;
    }

    /** {@code current.json} as it is stored. */
    record Stored(byte[] content, Version version) {}

    Optional<Stored> current() throws UnusableBaselineException {
        Optional<ObjectMeta> found = control.head(CURRENT);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        if (found.get().size() > LONGEST_MANIFEST) {
            throw new UnusableBaselineException("its manifest is too long to be one");
        }
        return Optional.of(new Stored(content(found.get()), found.get().version()));
    }

    byte[] content(Chunk chunk) throws UnusableBaselineException {
        Optional<ObjectMeta> found = control.head(key(chunk.name()));
        if (found.isEmpty()) {
            throw new UnusableBaselineException("its part " + chunk.name() + " is missing");
        }
        if (found.get().size() != chunk.bytes() || chunk.bytes() > Chunk.LONGEST) {
            throw new UnusableBaselineException("its part " + chunk.name() + " is torn");
        }
        return content(found.get());
    }

    private byte[] content(ObjectMeta object) throws UnusableBaselineException {
        try (ObjectBody body = control.read(object);
                InputStream stream = body.open()) {
            return stream.readNBytes(Math.toIntExact(object.size()));
        } catch (ObjectNotFoundException | StaleObjectException e) {
            throw new UnusableBaselineException("another run replaced it meanwhile", e);
        } catch (IOException e) {
            throw new TransientStoreException(
                    TransientStoreException.Trouble.NETWORK,
                    "read " + object.key() + " of " + control.bucket() + " failed",
                    Optional.empty(),
                    e);
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
        Precondition asSeen = seen.map(Precondition::unchanged).orElseGet(Precondition::absent);
        boolean checks = control.capabilities().contains(needed);
        control.write(
                CURRENT, ByteArrayBody.of(content), WriteOptions.of(checks ? asSeen : Precondition.none()));
    }

    /** Removes objects by their names, as far as they are there. */
    void remove(Iterable<String> names) {
        for (String name : names) {
            control.delete(key(name), Precondition.none());
        }
    }

    /**
     * Removes the parts of runs with an id below {@code runId}, but for {@code kept}: what replaced or killed runs left.
     * A run under way that began later has a greater id.
     */
    void sweep(String runId, Set<String> kept) {
        List<String> left = new ArrayList<>();
        try (Listing listing = control.list(ListRequest.of(KeyPrefix.of(FOLDER)))) {
            for (Optional<Page> page = listing.next(); page.isPresent(); page = listing.next()) {
                for (int entry = 0; entry < page.get().count(); entry++) {
                    String name = page.get().key(entry).text().substring(FOLDER.length());
                    int slash = name.indexOf('/');
                    if (slash > 0 && name.substring(0, slash).compareTo(runId) < 0 && !kept.contains(name)) {
                        left.add(name);
                    }
                }
            }
        }
        remove(left);
    }

    private static ObjectKey key(String name) {
        return ObjectKey.of(FOLDER + name);
    }
}
