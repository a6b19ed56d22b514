package dev.replicator.testkit.gcs.operation;

import dev.replicator.testkit.gcs.fault.GcsFault;
import dev.replicator.testkit.gcs.json.Json;
import dev.replicator.testkit.gcs.json.ObjectResource;
import dev.replicator.testkit.gcs.model.GcsRefusal;
import dev.replicator.testkit.gcs.model.Reason;
import dev.replicator.testkit.gcs.request.AccessLists;
import dev.replicator.testkit.gcs.request.ContentRange;
import dev.replicator.testkit.gcs.request.GcsRequest;
import dev.replicator.testkit.gcs.request.GivenHashes;
import dev.replicator.testkit.gcs.request.UploadTerms;
import dev.replicator.testkit.gcs.session.UploadSession;
import dev.replicator.testkit.gcs.store.Bucket;
import dev.replicator.testkit.gcs.store.Draft;
import dev.replicator.testkit.gcs.store.StoredObject;
import dev.replicator.testkit.http.HttpResponse;
import dev.replicator.testkit.http.Percent;
import dev.replicator.testkit.objects.Content;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** Resumable uploads, as "Perform resumable uploads" of the Cloud Storage documentation has them. */
final class ResumableApi {
    private static final int STEP = 256 * 1024;
    private static final Duration LIFE = Duration.ofDays(7);

    private final World world;

    ResumableApi(World world) {
        this.world = world;
    }

    HttpResponse start(GcsRequest request) {
        Bucket bucket = world.bucket(request);
        ObjectResource resource = new ObjectResource(Json.parse(request.body()));
        UploadTerms terms = UploadTerms.of(request, resource, request.header("x-upload-content-type"));
        AccessLists.check(bucket, terms.fields());
        terms.preconditions().check(bucket.live(terms.name()));
        OptionalLong total = request.header("x-upload-content-length")
                .filter(length -> length.matches("[0-9]{1,18}"))
                .map(length -> OptionalLong.of(Long.parseLong(length)))
                .orElse(OptionalLong.empty());
        String id = world.uploads().nextId();
        UploadSession session = new UploadSession(
                id, bucket.name(), terms, total, world.ticker().now());
        world.uploads().put(id, session);
        return HttpResponse.of(200)
                .with(
                        "Location",
                        request.base() + "/upload/storage/v1/b/" + bucket.name() + "/o?uploadType=resumable&name="
                                + Percent.encode(terms.name()) + "&upload_id=" + id);
    }

    HttpResponse chunk(GcsRequest request) {
        UploadSession session = session(request);
        synchronized (session) {
            if (session.result().isPresent()) {
                return Answers.object(request, session.result().get());
            }
            int length = request.body().length;
            ContentRange range = request.header("content-range")
                    .map(ContentRange::parse)
                    .orElseGet(() -> ContentRange.whole(length));
            if (range.first().isEmpty()) {
                return length == 0 ? settled(request, session, range.total()) : refuseLength(range, length);
            }
            check(session, range, length);
            range.total().ifPresent(session::declare);
            append(request, session, range);
            return settled(request, session, session.total());
        }
    }

    HttpResponse query(GcsRequest request) {
        UploadSession session = session(request);
        synchronized (session) {
            return session.result()
                    .map(object -> Answers.object(request, object))
                    .orElseGet(() -> incomplete(session));
        }
    }

    HttpResponse cancel(GcsRequest request) {
        session(request).cancel();
        return HttpResponse.of(Reason.CANCELLED.status());
    }

    /** Keeps what arrived of a request whose connection broke: whole steps of 256 KiB. */
    void salvage(GcsRequest request) {
        UploadSession session = session(request);
        synchronized (session) {
            OptionalLong first = request.header("content-range")
                    .map(ContentRange::parse)
                    .orElseGet(() -> ContentRange.whole(request.body().length))
                    .first();
            if (session.result().isEmpty() && first.isPresent() && first.getAsLong() <= session.persisted()) {
                append(session, first.getAsLong(), request.body(), request.body().length / STEP * (long) STEP);
            }
        }
    }

    /** The object where the upload is whole, else how far it is. */
    private HttpResponse settled(GcsRequest request, UploadSession session, OptionalLong total) {
        boolean whole = total.isPresent()
                && total.getAsLong() == session.persisted()
                && (session.total().isEmpty() || session.total().equals(total));
        return whole ? finish(request, session) : incomplete(session);
    }

    /** Keeps what the request brings, of all but the last one only whole steps. */
    private static void append(GcsRequest request, UploadSession session, ContentRange range) {
        byte[] body = InsertApi.received(request.body(), request.plan());
        long kept = isLast(range) ? body.length : body.length / STEP * (long) STEP;
        Optional<GcsFault.PersistPartly> partly = request.plan().first(GcsFault.PersistPartly.class);
        append(
                session,
                range.first().orElse(0),
                body,
                partly.map(fault -> Math.min(fault.bytes(), kept)).orElse(kept));
    }

    private static void append(UploadSession session, long first, byte[] body, long kept) {
        long known = session.persisted() - first;
        if (known < kept) {
            session.append(Content.of(body).slice(known, kept - known));
        }
    }

    private HttpResponse finish(GcsRequest request, UploadSession session) {
        Bucket bucket = world.bucket(request, session.bucket());
        UploadTerms terms = session.terms();
        Draft draft = Draft.of(terms.name(), session.content(), terms.fields());
        Answers.check(request, terms.hashes().and(GivenHashes.ofHeaders(request)), draft.fingerprint());
        StoredObject object = bucket.write(draft, terms.preconditions());
        session.finish(object);
        return Answers.object(request, object);
    }

    private static void check(UploadSession session, ContentRange range, int length) {
        if (length != range.count()) {
            refuseLength(range, length);
        }
        long first = range.first().orElse(0);
        if (first > session.persisted()) {
            throw GcsRefusal.of(
                    Reason.UPLOAD_OFFSET_GAP,
                    "Invalid request.  According to the Content-Range header, the upload offset is " + first
                            + " byte(s), which exceeds already uploaded size of " + session.persisted() + " byte(s).");
        }
        OptionalLong total = range.total();
        if (total.isPresent() && session.total().isPresent() && !session.total().equals(total)) {
            throw invalid("The total size of " + total.getAsLong() + " byte(s) is not the "
                    + session.total().getAsLong() + " byte(s) given before.");
        }
        if (session.total().isPresent() && first + length > session.total().getAsLong()) {
            throw invalid("The upload goes beyond the total size given before.");
        }
        if (!isLast(range) && length < STEP) {
            throw invalid("The number of bytes uploaded is required to be equal or greater than 262144, except for the"
                    + " final request (it's recommended to be the exact multiple of 262144).  The received request"
                    + " contained " + length + " bytes, which does not meet this requirement.");
        }
    }

    private static boolean isLast(ContentRange range) {
        return range.total().isPresent()
                && range.first().orElse(0) + range.count() == range.total().getAsLong();
    }

    private static HttpResponse refuseLength(ContentRange range, int length) {
        throw invalid("There were " + length + " byte(s) in the request body.  There should have been " + range.count()
                + " byte(s) according to the Content-Range header.");
    }

    private UploadSession session(GcsRequest request) {
        String id = request.query().first("upload_id").orElse("");
        Optional<GcsFault.LoseSession> lost = request.plan().first(GcsFault.LoseSession.class);
        if (lost.isPresent()) {
            world.uploads().forget(id);
            Reason reason = lost.get().status() == 410 ? Reason.GONE : Reason.NOT_FOUND;
            throw GcsRefusal.of(reason).withStatus(lost.get().status());
        }
        UploadSession session = world.uploads()
                .find(id)
                .filter(found -> found.bucket().equals(request.bucket()))
                .orElseThrow(() -> GcsRefusal.of(Reason.NOT_FOUND, "Not Found"));
        if (session.cancelled()) {
            throw GcsRefusal.of(Reason.CANCELLED);
        }
        if (session.started().plus(LIFE).isBefore(world.ticker().now())) {
            throw GcsRefusal.of(Reason.GONE, "The upload session has expired.");
        }
        return session;
    }

    private static HttpResponse incomplete(UploadSession session) {
        HttpResponse response = HttpResponse.of(308);
        return session.persisted() == 0 ? response : response.with("Range", "bytes=0-" + (session.persisted() - 1));
    }

    private static GcsRefusal invalid(String message) {
        return GcsRefusal.of(Reason.INVALID, "Invalid request.  " + message);
    }
}
