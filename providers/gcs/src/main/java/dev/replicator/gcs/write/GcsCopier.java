package dev.replicator.gcs.write;

import com.google.api.services.storage.Storage;
import com.google.api.services.storage.model.RewriteResponse;
import com.google.api.services.storage.model.StorageObject;
import dev.replicator.gcs.client.Call;
import dev.replicator.gcs.client.GcsClient;
import dev.replicator.gcs.client.GcsSettings;
import dev.replicator.gcs.object.Conditions;
import dev.replicator.gcs.object.Crc32c;
import dev.replicator.gcs.object.Keys;
import dev.replicator.gcs.object.ObjectHeads;
import dev.replicator.gcs.object.Payers;
import dev.replicator.gcs.object.Resources;
import dev.replicator.store.BucketRef;
import dev.replicator.store.Capability;
import dev.replicator.store.CorruptObjectException;
import dev.replicator.store.Fingerprint;
import dev.replicator.store.Fingerprint.Verdict;
import dev.replicator.store.InvalidRequestException;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.ObjectNotFoundException;
import dev.replicator.store.Precondition;
import dev.replicator.store.RequestKind;
import dev.replicator.store.StaleObjectException;
import dev.replicator.store.StoreException;
import dev.replicator.store.TransientStoreException;
import dev.replicator.store.TransientStoreException.Trouble;
import dev.replicator.store.WriteOptions;
import dev.replicator.store.remote.Repeats;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the service copy ({@code objects.rewrite}). One call does it within a location and storage class; across them a
 * token comes back as often as there is more to do, and those calls are repeated from the context's retry settings. A
 * token that the service does not take any more begins the copy anew, a bounded number of times. Source and destination
 * are both conditional in every call. The source's metadata come along by themselves, unless a storage class is asked
 * for: then they are read first and set. A copy of other bytes than the source's is removed again if it still is that one.
 *
 * <p>A failure of the first call is the caller's to repeat, and to settle. Where a later answer was lost a look at the
 * destination settles it: the copy is ours when it has the source's size and CRC32C and is not what was there before.
 * Thread-safe.
 */
public final class GcsCopier {
    private static final Logger log = LoggerFactory.getLogger(GcsCopier.class);
    private static final int MAX_RESTARTS = 3;
    private static final long MIB = 1L << 20;
    private static final String FIELDS = "done,rewriteToken,totalBytesRewritten,resource(" + Resources.FIELDS + ")";

    private final GcsClient client;
    private final GcsSettings settings;
    private final ObjectHeads heads;
    private final OwnWrites ownWrites;
    private final WrongObjects wrong;

    public GcsCopier(GcsClient client, ObjectHeads heads) {
        this.client = client;
        this.settings = client.settings();
        this.heads = heads;
        this.ownWrites = new OwnWrites(heads);
        this.wrong = new WrongObjects(client);
    }

    /** Copies as {@link dev.replicator.store.ObjectStore#copyFrom} says. */
    public ObjectMeta copy(BucketRef source, ObjectMeta object, ObjectKey key, WriteOptions options) {
        Call call = Call.of("copy " + Call.of("from", source.bucket(), object.key()) + " to", settings.bucket(), key);
        return new Rewrite(call, source, object, key, options.precondition()).run();
    }

    /** Whether a copy needs the source's metadata, to say them again beside a storage class. */
    static boolean readsMetadata(GcsSettings settings) {
        return settings.write().storageClass().filter(value -> !value.isBlank()).isPresent();
    }

    /** One copy on its way. Used by one thread. */
    private final class Rewrite {
        private final Call call;
        private final BucketRef source;
        private final ObjectMeta object;
        private final ObjectKey key;
        private final Precondition precondition;
        private final String from;
        private final String to;
        private final Conditions conditions;
        private final Repeats repeats;
        private Optional<StorageObject> resource = Optional.empty();
        private Optional<String> token = Optional.empty();
        private boolean unknown;
        private int restarts;

        Rewrite(Call call, BucketRef source, ObjectMeta object, ObjectKey key, Precondition precondition) {
            this.call = call;
            this.source = source;
            this.object = object;
            this.key = key;
            this.precondition = precondition;
            from = Keys.required(call, object.key());
            to = Keys.required(call, key);
            conditions = Conditions.ofDestination(
                    call, precondition, settings, Capability.CREATE_ONLY_COPY, Capability.CONDITIONAL_COPY);
            repeats = new Repeats(call.toString(), client.retry());
        }

        ObjectMeta run() {
            if (Conditions.generation(object.version()).isEmpty()) {
                throw new StaleObjectException(call + ": the source never was in version " + object.version());
            }
            if (readsMetadata(settings)) {
                ObjectMetadata metadata =
                        heads.pinned(call, source, object).metadata().orElse(ObjectMetadata.NONE);
                resource = Optional.of(Resources.copied(to, metadata, settings));
            }
            Optional<ObjectMeta> made = next();
            while (made.isEmpty()) {
                made = next();
            }
            return made.get();
        }

        /** One call more; what it made, once it is done. */
        private Optional<ObjectMeta> next() {
            try {
                return advanced(send());
            } catch (TransientStoreException e) {
                if (e.isRepeatedBelow()) {
                    throw e;
                }
                return afterTrouble(e);
            } catch (StaleObjectException e) {
                return Optional.of(settled(e));
            } catch (ObjectNotFoundException | InvalidRequestException e) {
                beginAnew(e);
                return Optional.empty();
            }
        }

        private RewriteResponse send() {
            return client.calls().call(call, RequestKind.COPY, this::sent);
        }

        private RewriteResponse sent() throws IOException {
            Storage.Objects.Rewrite rewrite =
                    client.objects().rewrite(source.bucket(), from, settings.bucket(), to, resource.orElse(null));
            rewrite.setFields(FIELDS);
            Payers.of(source, settings.ref()).ifPresent(rewrite::setUserProject);
            if (settings.can(Capability.PINNED_READ)) {
                Conditions.generation(object.version()).ifPresent(rewrite::setIfSourceGenerationMatch);
            }
            conditions.generation().ifPresent(rewrite::setIfGenerationMatch);
            conditions.metageneration().ifPresent(rewrite::setIfMetagenerationMatch);
            token.ifPresent(rewrite::setRewriteToken);
            if (object.size() > settings.sizes().multipartCopy()) {
                rewrite.setMaxBytesRewrittenPerCall(Math.max(1, settings.sizes().part() / MIB) * MIB);
            }
            settings.write().kmsKey().filter(value -> !value.isBlank()).ifPresent(rewrite::setDestinationKmsKeyName);
            GcsWriter.acl(settings).ifPresent(rewrite::setDestinationPredefinedAcl);
            return Resources.honest(call, rewrite.execute());
        }

        private Optional<ObjectMeta> advanced(RewriteResponse answer) {
            if (Boolean.TRUE.equals(answer.getDone()) && answer.getResource() != null) {
                return Optional.of(copied(Resources.meta(call, settings.bucket(), key, answer.getResource())));
            }
            String next = answer.getRewriteToken();
            if (next == null || next.isEmpty()) {
                throw new TransientStoreException(
                        Trouble.SERVER_ERROR, call + ": the answer has neither an object nor a token");
            }
            token = Optional.of(next);
            repeats.succeeded();
            return Optional.empty();
        }

        /**
         * What was made has the source's size, and its CRC32C where that was seen: the conditions leave nothing else
         * where they hold.
         */
        private ObjectMeta copied(ObjectMeta made) {
            if (made.size() != object.size()) {
                throw new StaleObjectException(call + ": the source is no longer the version that was seen");
            }
            if (Fingerprint.compare(object.fingerprints(), made.fingerprints()) == Verdict.DIFFERENT) {
                wrong.remove(call, made);
                requireSource();
                throw new CorruptObjectException(
                        call + ": the service made an object of other bytes than the source's");
            }
            return made;
        }

        /** A server that ignores the source's generation copies whatever is there: then no bytes were wrong. */
        private void requireSource() {
            try {
                heads.pinned(call, source, object);
            } catch (StaleObjectException | ObjectNotFoundException e) {
                throw e;
            } catch (StoreException e) {
                log.debug("{}: whether its source was replaced meanwhile can't be told", call, e);
            }
        }

        /** Waits before the same call again; when there were enough tries, what is there decides. */
        private Optional<ObjectMeta> afterTrouble(TransientStoreException failure) {
            if (token.isEmpty() && !unknown) {
                throw failure;
            }
            unknown |= failure.trouble() == Trouble.NETWORK || failure.trouble() == Trouble.SERVER_ERROR;
            try {
                repeats.after(failure);
                return Optional.empty();
            } catch (TransientStoreException enough) {
                return Optional.of(settled(enough));
            }
        }

        /** Without the token, which the service does not take any more; any other refusal stands. */
        private void beginAnew(StoreException refusal) {
            boolean sourceGone = refusal instanceof ObjectNotFoundException && token.isPresent() && !sourceIsThere();
            if (token.isEmpty() || sourceGone || restarts++ >= MAX_RESTARTS) {
                throw refusal;
            }
            token = Optional.empty();
        }

        private boolean sourceIsThere() {
            try {
                heads.pinned(call, source, object);
                return true;
            } catch (ObjectNotFoundException | StaleObjectException e) {
                return false;
            }
        }

        /** After a lost answer: the copy if it is there, else the failure. */
        private ObjectMeta settled(StoreException failure) {
            if (!unknown) {
                throw failure;
            }
            Optional<Integer> crc32c = crc32c();
            if (crc32c.isEmpty()) {
                throw failure;
            }
            return ownWrites
                    .find(
                            call,
                            key,
                            found -> found.size() == object.size()
                                    && Crc32c.shown(found.fingerprints()).equals(crc32c)
                                    && !precondition.asksFor(found.version()))
                    .orElseThrow(() -> failure);
        }

        private Optional<Integer> crc32c() {
            Optional<Integer> seen = Crc32c.shown(object.fingerprints());
            if (seen.isPresent()) {
                return seen;
            }
            try {
                return Crc32c.shown(heads.pinned(call, source, object).fingerprints());
            } catch (StoreException e) {
                return Optional.empty();
            }
        }
    }
}
