package dev.replicator.hook.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.Precondition;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a job remembers in its destination bucket. Every read is bounded to {@link #MAX_BYTES} and checked against a
 * schema and a checksum: what can't be trusted is {@link Document.Unreadable}, never absent. Thread-safe.
 */
public final class ControlArea {
    /** Longer objects are not read. */
    public static final int MAX_BYTES = 64 * 1024;

    private static final String LEDGER = "deployments/";
    private static final String MARKER = "marker.json";
    private static final String ATTEMPT = "attempt.json";
    private static final String DEFERRAL = "deferred.json";
    private static final String CAPABILITIES = "capabilities.json";

    private final ControlObjects objects;

    public ControlArea(ControlObjects objects) {
        this.objects = objects;
    }

    /** The deployment that was applied last. */
    public Document<Applied> marker() {
        return read(MARKER, Codec.APPLIED);
    }

    /**
     * Replaces the marker that was seen.
     *
     * @throws dev.replicator.store.StaleObjectException when it is another one now (where the store can tell)
     */
    public void mark(Applied applied, Document<Applied> seen) {
        objects.replace(MARKER, bytes(applied, Codec.APPLIED), seenVersion(seen));
    }

    private static Optional<Precondition.Unchanged> seenVersion(Document<Applied> seen) {
        if (seen instanceof Document.Valid<Applied> valid) {
            return Optional.of(Precondition.unchanged(valid.version()));
        }
        if (seen instanceof Document.Unreadable<Applied> torn) {
            return Optional.of(Precondition.unchanged(torn.version()));
        }
        return Optional.empty();
    }

    /** The ledger's entry of that deployment; that it exists says it was applied, whatever it holds. */
    public Document<Applied> ledger(String deployment) {
        return read(ledgerKey(deployment), Codec.APPLIED);
    }

    /** The deployments that were entered last, newest first, at most {@code count}; what can't be read is left out. */
    public List<Applied> newestApplied(int count) {
        return objects.list(LEDGER).stream()
                .sorted(Comparator.comparing(ObjectMeta::modified).reversed())
                .limit(count)
                .map(entry -> read(entry.key().text(), Codec.APPLIED))
                .flatMap(entry -> entry.valid().stream())
                .toList();
    }

    /** Enters a deployment for ever; an entry that is there stays as it is. */
    public void enter(Applied applied) {
        objects.create(ledgerKey(applied.deployment()), bytes(applied, Codec.APPLIED));
    }

    private static String ledgerKey(String deployment) {
        return LEDGER + Envelope.sha256(deployment) + ".json";
    }

    public Document<FailedAttempt> attempt() {
        return read(ATTEMPT, Codec.ATTEMPT);
    }

    public void remember(FailedAttempt attempt) {
        objects.put(ATTEMPT, bytes(attempt, Codec.ATTEMPT));
    }

    public void forgetAttempt() {
        objects.delete(ATTEMPT);
    }

    public Document<Deferral> deferral() {
        return read(DEFERRAL, Codec.DEFERRAL);
    }

    public void defer(Deferral deferral) {
        objects.put(DEFERRAL, bytes(deferral, Codec.DEFERRAL));
    }

    public void forgetDeferral() {
        objects.delete(DEFERRAL);
    }

    public Document<ProbedCapabilities> capabilities() {
        return read(CAPABILITIES, Codec.CAPABILITIES);
    }

    public void remember(ProbedCapabilities capabilities) {
        objects.put(CAPABILITIES, bytes(capabilities, Codec.CAPABILITIES));
    }

    private <T> Document<T> read(String name, Codec<T> codec) {
        Optional<ControlObjects.Content> content = objects.read(name, MAX_BYTES);
        if (content.isEmpty()) {
            return new Document.Missing<>();
        }
        var version = content.get().meta().version();
        Optional<byte[]> bytes = content.get().bytes();
        if (bytes.isEmpty()) {
            return new Document.Unreadable<>(
                    name + " has " + content.get().meta().size() + " bytes, more than " + MAX_BYTES, version);
        }
        try {
            return new Document.Valid<>(codec.read(Envelope.unseal(bytes.get())), version);
        } catch (Envelope.NewerException e) {
            return new Document.Newer<>(e.schema);
        } catch (Envelope.MalformedException e) {
            return new Document.Unreadable<>(name + " can't be read: " + e.getMessage(), version);
        }
    }

    private static <T> byte[] bytes(T value, Codec<T> codec) {
        ObjectNode content = Envelope.open();
        codec.write(value, content);
        return Envelope.seal(content);
    }
}
