package dev.replicator.testkit.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.testkit.s3.model.S3Operation;
import dev.replicator.testkit.s3.store.Attributes;
import dev.replicator.testkit.s3.store.StoredObject;
import dev.replicator.testkit.s3.store.Versioning;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FakeS3CopyTest {
    private final FakeS3 fake = FakeS3.start();
    private final Wire wire = new Wire(fake);

    @BeforeEach
    void buckets() {
        fake.createBucket("source");
        fake.createBucket("destination");
        fake.put(
                "source",
                "a b+c",
                "hello".getBytes(StandardCharsets.UTF_8),
                Attributes.DEFAULT
                        .withMetadata(Map.of("k", "v"))
                        .withTags(Map.of("t", "1"))
                        .withAcl("public-read")
                        .withStorageClass("STANDARD_IA"));
    }

    @AfterEach
    void close() {
        fake.close();
    }

    @Test
    void copiesMetadataAndTagsButNeitherAclNorStorageClass() {
        Wire.Reply reply = copy("/destination/x", Map.of("x-amz-copy-source", "/source/a%20b%2Bc"));

        StoredObject copied = fake.find("destination", "x").orElseThrow();
        assertThat(reply.element("ETag")).isEqualTo("&quot;" + copied.etag() + "&quot;");
        assertThat(copied.attributes().metadata()).containsEntry("k", "v");
        assertThat(copied.attributes().tags()).containsEntry("t", "1");
        assertThat(copied.attributes().acl()).isEqualTo("private");
        assertThat(copied.attributes().storageClass()).isEqualTo("STANDARD");
    }

    @Test
    void replacesMetadataAndTagsOnRequest() {
        copy(
                "/destination/x",
                Map.of(
                        "x-amz-copy-source", "source/a%20b%2Bc",
                        "x-amz-metadata-directive", "REPLACE",
                        "x-amz-tagging-directive", "REPLACE",
                        "x-amz-meta-n", "w",
                        "content-type", "text/x"));

        Attributes attributes = fake.find("destination", "x").orElseThrow().attributes();
        assertThat(attributes.metadata()).isEqualTo(Map.of("n", "w"));
        assertThat(attributes.headers()).containsEntry("Content-Type", "text/x");
        assertThat(attributes.tags()).isEmpty();
    }

    @Test
    void takesAPlusInTheSourceForASpaceAsS3Does() {
        assertThat(Wire.code(copy("/destination/x", Map.of("x-amz-copy-source", "source/a%20b+c"))))
                .isEqualTo("NoSuchKey");
    }

    @Test
    void checksSourceAndDestination() {
        String etag = fake.find("source", "a b+c").orElseThrow().etag();
        Map<String, String> source = Map.of("x-amz-copy-source", "source/a%20b%2Bc");

        assertThat(copy("/destination/x", with(source, "x-amz-copy-source-if-match", "\"no\""))
                        .status())
                .isEqualTo(412);
        assertThat(copy("/destination/x", with(source, "x-amz-copy-source-if-none-match", etag))
                        .status())
                .isEqualTo(412);
        assertThat(copy("/destination/x", with(source, "if-match", "\"x\"")).status())
                .isEqualTo(404);
        assertThat(copy("/destination/x", with(source, "if-none-match", "*")).status())
                .isEqualTo(200);
        assertThat(copy("/destination/x", with(source, "if-none-match", "*")).status())
                .isEqualTo(412);
    }

    @Test
    void refusesToCopyAnObjectToItselfForNothing() {
        assertThat(Wire.code(copy("/source/a%20b%2Bc", Map.of("x-amz-copy-source", "source/a%20b%2Bc"))))
                .isEqualTo("InvalidRequest");
    }

    @Test
    void copiesAnOlderVersionOnRequest() {
        fake.bucket("source").change(Versioning.ENABLED);
        fake.put("source", "a b+c", new byte[0]);

        Wire.Reply reply = copy("/destination/x", Map.of("x-amz-copy-source", "source/a%20b%2Bc?versionId=null"));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(fake.find("destination", "x").orElseThrow().size()).isEqualTo(5);
    }

    @Test
    void copiesUpTo5GiBWithoutHoldingThem() {
        fake.putSynthetic("source", "5g", 5L << 30, 1);
        fake.putSynthetic("source", "more", (5L << 30) + 1, 1);

        assertThat(copy("/destination/x", Map.of("x-amz-copy-source", "source/5g"))
                        .status())
                .isEqualTo(200);
        assertThat(Wire.code(copy("/destination/y", Map.of("x-amz-copy-source", "source/more"))))
                .isEqualTo("InvalidRequest");
        assertThat(fake.find("destination", "x").orElseThrow().etag())
                .isEqualTo(fake.find("source", "5g").orElseThrow().etag());
    }

    @Test
    void seesASourceThatChangesBetweenListingAndCopy() {
        String etag = fake.find("source", "a b+c").orElseThrow().etag();
        fake.faults().beforeRequest(S3Operation.COPY_OBJECT, "x", () -> fake.put("source", "a b+c", new byte[0]));

        Wire.Reply reply = copy(
                "/destination/x", Map.of("x-amz-copy-source", "source/a%20b%2Bc", "x-amz-copy-source-if-match", etag));

        assertThat(reply.status()).isEqualTo(412);
        assertThat(fake.keys("destination")).isEmpty();
    }

    private Wire.Reply copy(String path, Map<String, String> headers) {
        return wire.send("PUT", path, headers, "");
    }

    private static Map<String, String> with(Map<String, String> headers, String name, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(name, value);
        return more;
    }
}
