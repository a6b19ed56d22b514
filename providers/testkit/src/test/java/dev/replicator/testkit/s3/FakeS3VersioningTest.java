package dev.replicator.testkit.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.testkit.s3.store.Attributes;
import dev.replicator.testkit.s3.store.Versioning;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FakeS3VersioningTest {
    private final FakeS3 fake = FakeS3.start();
    private final Wire wire = new Wire(fake);

    @BeforeEach
    void versionedBucket() {
        fake.createBucket("bucket");
        wire.put("/bucket/a", "old");
        fake.bucket("bucket").change(Versioning.ENABLED);
    }

    @AfterEach
    void close() {
        fake.close();
    }

    @Test
    void keepsWhatIsOverwritten() {
        String version = wire.put("/bucket/a", "new").header("x-amz-version-id");

        assertThat(wire.get("/bucket/a").text()).isEqualTo("new");
        assertThat(wire.get("/bucket/a").header("x-amz-version-id")).isEqualTo(version);
        assertThat(wire.get("/bucket/a?versionId=null").text()).isEqualTo("old");
        assertThat(Wire.code(wire.get("/bucket/a?versionId=none"))).isEqualTo("NoSuchVersion");
    }

    @Test
    void deletesByAMarkerThatCanBeDeletedItself() {
        Wire.Reply deleted = wire.send("DELETE", "/bucket/a", Map.of(), "");
        String marker = deleted.header("x-amz-version-id");

        Wire.Reply missing = wire.get("/bucket/a");
        assertThat(deleted.header("x-amz-delete-marker")).isEqualTo("true");
        assertThat(Wire.code(missing)).isEqualTo("NoSuchKey");
        assertThat(missing.header("x-amz-delete-marker")).isEqualTo("true");
        assertThat(wire.get("/bucket/a?versionId=" + marker).status()).isEqualTo(405);

        wire.send("DELETE", "/bucket/a?versionId=" + marker, Map.of(), "");
        assertThat(wire.get("/bucket/a").text()).isEqualTo("old");
    }

    @Test
    void takesAMarkedKeyForAbsent() {
        fake.delete("bucket", "a");

        assertThat(wire.send("DELETE", "/bucket/a", Map.of("if-match", "*"), "").status())
                .isEqualTo(412);
        assertThat(wire.send("PUT", "/bucket/a", Map.of("if-match", "\"x\""), "")
                        .status())
                .isEqualTo(404);
        assertThat(wire.send("PUT", "/bucket/a", Map.of("if-none-match", "*"), "")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void writesOverTheNullVersionWhenSuspended() {
        String kept = wire.put("/bucket/a", "kept").header("x-amz-version-id");
        fake.bucket("bucket").change(Versioning.SUSPENDED);

        assertThat(wire.put("/bucket/a", "newest").header("x-amz-version-id")).isEqualTo("null");

        assertThat(wire.get("/bucket/a?versionId=" + kept).text()).isEqualTo("kept");
        assertThat(fake.bucket("bucket").keys().get("a").versions()).hasSize(2);
    }

    @Test
    void neverDestroysALockedVersion() {
        fake.put("bucket", "a", new byte[0], Attributes.DEFAULT.withLocked(true));
        String locked = fake.find("bucket", "a").orElseThrow().versionId();

        assertThat(wire.put("/bucket/a", "over it").status()).isEqualTo(200);
        assertThat(Wire.code(wire.send("DELETE", "/bucket/a?versionId=" + locked, Map.of(), "")))
                .isEqualTo("AccessDenied");
        assertThat(wire.send("DELETE", "/bucket/a", Map.of(), "").status()).isEqualTo(204);
    }

    @Test
    void keepsABucketThatStillHoldsVersions() {
        fake.delete("bucket", "a");

        assertThat(Wire.code(wire.send("DELETE", "/bucket", Map.of(), ""))).isEqualTo("BucketNotEmpty");
    }
}
