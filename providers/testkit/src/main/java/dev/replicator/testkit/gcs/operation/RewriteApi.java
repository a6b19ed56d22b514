package dev.replicator.testkit.gcs.operation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.replicator.testkit.gcs.fault.GcsFault;
import dev.replicator.testkit.gcs.json.Json;
import dev.replicator.testkit.gcs.json.ObjectResource;
import dev.replicator.testkit.gcs.model.GcsRefusal;
import dev.replicator.testkit.gcs.model.Reason;
import dev.replicator.testkit.gcs.request.AccessLists;
import dev.replicator.testkit.gcs.request.Conditions;
import dev.replicator.testkit.gcs.request.EncryptionKeys;
import dev.replicator.testkit.gcs.request.GcsRequest;
import dev.replicator.testkit.gcs.request.ObjectNames;
import dev.replicator.testkit.gcs.session.RewriteSession;
import dev.replicator.testkit.gcs.store.Bucket;
import dev.replicator.testkit.gcs.store.Draft;
import dev.replicator.testkit.gcs.store.ObjectFields;
import dev.replicator.testkit.gcs.store.Preconditions;
import dev.replicator.testkit.gcs.store.StoredObject;
import dev.replicator.testkit.http.HttpResponse;
import java.util.Optional;

/**
 * Rewrites and copies. Within a location and storage class one call moves any number of bytes; otherwise a call of a
 * rewrite moves so many and hands out a token for the next, and a copy of more is refused.
 */
final class RewriteApi {
    private static final long STEP = 1L << 20;

    private final World world;

    RewriteApi(World world) {
        this.world = world;
    }

    HttpResponse rewrite(GcsRequest request) {
        Order order = order(request);
        long size = order.source().size();
        long most = bytesPerCall(request);
        Optional<RewriteSession> before = session(request, order);
        long rewritten = order.moves()
                ? Math.min(size, before.map(RewriteSession::rewritten).orElse(0L) + most)
                : size;
        ObjectNode answer = Json.ofKind("storage#rewriteResponse")
                .put("totalBytesRewritten", Long.toString(rewritten))
                .put("objectSize", Long.toString(size))
                .put("done", rewritten == size);
        if (rewritten < size) {
            String token = request.query().first("rewriteToken").orElseGet(world.rewrites()::nextId);
            world.rewrites().put(token, new RewriteSession(order.source(), order.to(), order.resource(), rewritten));
            return Answers.document(request, answer.put("rewriteToken", token));
        }
        StoredObject written = order.write();
        request.query().first("rewriteToken").ifPresent(world.rewrites()::forget);
        answer.set("resource", Answers.writer(request).of(written));
        return Answers.document(request, answer);
    }

    HttpResponse copy(GcsRequest request) {
        Order order = order(request);
        if (order.moves() && order.source().size() > world.limits().bytesPerRewrite()) {
            throw GcsRefusal.of(
                    Reason.UPLOAD_TOO_LARGE,
                    "Copy spanning locations and/or storage classes could not complete within 30 seconds. Please use"
                            + " the Rewrite method.");
        }
        return Answers.object(request, order.write());
    }

    /** What is to be copied, checked. */
    private record Order(
            StoredObject source,
            Bucket bucket,
            Draft draft,
            Preconditions preconditions,
            String resource,
            boolean moves) {
        String to() {
            return bucket.name() + "/" + draft.name();
        }

        StoredObject write() {
            return bucket.write(draft, preconditions);
        }
    }

    private Order order(GcsRequest request) {
        ObjectNames.check(request.name());
        Bucket from = world.bucket(request, request.route().sourceBucket());
        Bucket to = world.bucket(request);
        ObjectResource resource = new ObjectResource(Json.parse(request.body()));
        StoredObject source = from.get(request.route().sourceName(), request.number("sourceGeneration"));
        Conditions.ofSource(request).check(Optional.of(source));
        EncryptionKeys.checkReadable(source);
        ObjectFields fields = AccessLists.withPredefined(
                EncryptionKeys.asked(request, "destinationKmsKeyName", fields(resource, source)),
                request.query().first("destinationPredefinedAcl"));
        AccessLists.check(to, fields);
        Preconditions preconditions = Conditions.of(request);
        preconditions.check(to.live(request.name()));
        String storageClass = fields.storageClass().orElse(to.settings().storageClass());
        boolean moves = !from.settings().location().equals(to.settings().location())
                || !source.storageClass().equals(storageClass);
        Draft draft = Draft.copy(source, request.name(), fields);
        return new Order(source, to, draft, preconditions, resource.json().toString(), moves);
    }

    /** A resource that describes the object replaces all that the source says of itself. */
    private static ObjectFields fields(ObjectResource resource, StoredObject source) {
        ObjectFields given = resource.fields();
        if (resource.describes()) {
            return given;
        }
        ObjectFields copied = source.fields().copied();
        ObjectFields held =
                copied.withHolds(given.temporaryHold(), given.eventBasedHold()).withAcl(given.acl());
        return given.storageClass().map(held::withStorageClass).orElse(held);
    }

    private Optional<RewriteSession> session(GcsRequest request, Order order) {
        Optional<String> token = request.query().first("rewriteToken");
        if (token.isEmpty()) {
            return Optional.empty();
        }
        Optional<GcsFault.LoseRewriteToken> lost = request.plan().first(GcsFault.LoseRewriteToken.class);
        if (lost.isPresent()) {
            world.rewrites().forget(token.get());
            throw invalidToken().withStatus(lost.get().status());
        }
        RewriteSession session = world.rewrites().find(token.get()).orElseThrow(RewriteApi::invalidToken);
        boolean same = session.source().bucket().equals(order.source().bucket())
                && session.source().name().equals(order.source().name())
                && session.source().generation() == order.source().generation()
                && session.destination().equals(order.to())
                && session.resource().equals(order.resource());
        if (!same) {
            throw invalidToken();
        }
        return Optional.of(session);
    }

    private long bytesPerCall(GcsRequest request) {
        long limit = world.limits().bytesPerRewrite();
        long asked = request.number("maxBytesRewrittenPerCall").orElse(0);
        if (asked % STEP != 0) {
            throw GcsRefusal.ofParameter(
                    Reason.INVALID,
                    "maxBytesRewrittenPerCall must be an integral multiple of 1048576.",
                    "maxBytesRewrittenPerCall");
        }
        return asked == 0 ? limit : Math.min(asked, limit);
    }

    private static GcsRefusal invalidToken() {
        return GcsRefusal.ofParameter(Reason.INVALID, "The provided rewrite token is invalid.", "rewriteToken");
    }
}
