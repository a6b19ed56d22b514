package dev.replicator.testkit.gcs.operation;

import dev.replicator.testkit.gcs.model.GcsRefusal;
import dev.replicator.testkit.gcs.model.Reason;
import dev.replicator.testkit.gcs.request.ByteRange;
import dev.replicator.testkit.gcs.request.Conditions;
import dev.replicator.testkit.gcs.request.EncryptionKeys;
import dev.replicator.testkit.gcs.request.GcsRequest;
import dev.replicator.testkit.gcs.store.Fingerprint;
import dev.replicator.testkit.gcs.store.ObjectFields;
import dev.replicator.testkit.gcs.store.StoredObject;
import dev.replicator.testkit.http.HttpDates;
import dev.replicator.testkit.http.HttpResponse;
import dev.replicator.testkit.http.Payload;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** Reads of an object's bytes, with decompressive transcoding. */
final class MediaApi {
    private final World world;

    MediaApi(World world) {
        this.world = world;
    }

    HttpResponse get(GcsRequest request) {
        StoredObject object = world.bucket(request).get(request.name(), request.number("generation"));
        Conditions.checkRead(request, object);
        EncryptionKeys.checkReadable(object);
        HttpResponse described = described(request, object);
        ObjectFields fields = object.fields();
        if (transcodes(request, fields)) {
            return described.with("Warning", "214 UploadServer gunzipped").withBody(gunzipped(object));
        }
        HttpResponse response = fields.text("contentEncoding")
                .map(encoding -> described.with("Content-Encoding", encoding))
                .orElse(described);
        Optional<ByteRange> range = request.header("range").flatMap(header -> ByteRange.parse(header, object.size()));
        if (range.isEmpty()) {
            return response.withBody(object.content());
        }
        return response.withStatus(206)
                .with("Content-Range", range.get().contentRange(object.size()))
                .withBody(
                        object.content().slice(range.get().first(), range.get().count()));
    }

    private static HttpResponse described(GcsRequest request, StoredObject object) {
        ObjectFields fields = object.fields();
        Fingerprint fingerprint = Answers.told(request, object.fingerprint());
        String hashes = "crc32c=" + fingerprint.encodedCrc32c()
                + fingerprint.md5().map(md5 -> ",md5=" + md5).orElse("");
        HttpResponse response = HttpResponse.of(200)
                .with("Content-Type", fields.text("contentType").orElse("application/octet-stream"))
                .with("ETag", object.etag())
                .with("Last-Modified", HttpDates.format(object.updated()))
                .with("Content-Disposition", fields.text("contentDisposition").orElse("attachment"))
                .with("X-Goog-Generation", Long.toString(object.generation()))
                .with("X-Goog-Metageneration", Long.toString(object.metageneration()))
                .with("X-Goog-Storage-Class", object.storageClass())
                .with(
                        "X-Goog-Stored-Content-Encoding",
                        fields.text("contentEncoding").orElse("identity"))
                .with("X-Goog-Stored-Content-Length", Long.toString(object.size()))
                .with("Cache-Control", fields.text("cacheControl").orElse("no-cache, no-store, max-age=0"))
                .with("Vary", "Origin, X-Origin");
        HttpResponse hashed = Answers.careless(request).isPresent() ? response : response.with("X-Goog-Hash", hashes);
        return fields.text("contentLanguage")
                .map(language -> hashed.with("Content-Language", language))
                .orElse(hashed);
    }

    /** From "Transcoding of gzip-compressed files": unless the client takes gzip or the object forbids it. */
    private static boolean transcodes(GcsRequest request, ObjectFields fields) {
        boolean stored = fields.text("contentEncoding").filter("gzip"::equals).isPresent();
        boolean forbidden = fields.text("cacheControl")
                .filter(control -> control.contains("no-transform"))
                .isPresent();
        boolean taken = request.headers().all("accept-encoding").stream()
                .flatMap(field -> Arrays.stream(field.split(",", -1)))
                .anyMatch(encoding -> encoding.trim().startsWith("gzip"));
        return stored && !forbidden && !taken;
    }

    private static Payload gunzipped(StoredObject object) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(object.bytes()))) {
            return Payload.of(in.readAllBytes());
        } catch (IOException e) {
            throw GcsRefusal.of(Reason.INTERNAL_ERROR, "The object is not the gzip it says to be.");
        }
    }
}
