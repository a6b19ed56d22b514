package dev.replicator.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.store.ByteArrayBody;
import dev.replicator.store.Capability;
import dev.replicator.store.KeyRange;
import dev.replicator.store.ListRequest;
import dev.replicator.store.Listing;
import dev.replicator.store.ObjectBody;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Page;
import dev.replicator.store.Precondition;
import dev.replicator.store.TransferSizes;
import dev.replicator.store.UnprovenListingException;
import dev.replicator.store.WriteOptions;
import dev.replicator.testkit.servers.GcpStorageEmulator;
import java.io.InputStream;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * The ways of bytes and metadata on gcp-storage-emulator, where Python has it: a third idea of the wire. It lacks too
 * much for the contract: no pages, no offsets, no conditions, one connection at a time.
 */
@EnabledIf(
        value = "dev.replicator.testkit.servers.GcpStorageEmulator#isAvailable",
        disabledReason = GcpStorageEmulator.MISSING)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GcpStorageEmulatorTest {
    private static final int MIB = 1 << 20;
    private static final WriteOptions PLAIN = WriteOptions.of(Precondition.none());

    private GcpStorageEmulator server;
    private GcsHarness harness;

    @BeforeAll
    void start() {
        server = GcpStorageEmulator.start();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @BeforeEach
    void open() {
        harness = new GcsHarness(new GcsHarness.Server(
                server.endpoint(),
                EnumSet.of(Capability.SERVER_SIDE_COPY, Capability.METADATA),
                new TransferSizes(2 * MIB, 2 * MIB, MIB),
                key -> true,
                (one, other) -> true));
    }

    @AfterEach
    void close() {
        harness.close();
    }

    @Test
    void carriesBytesAndMetadataOfObjectsInOneRequestAndInParts() throws Exception {
        ObjectStore store = harness.store();
        ObjectKey key = ObjectKey.of("a b/\u00e9+%.txt");
        ObjectMetadata metadata = ObjectMetadata.ofContentType("text/plain").withUser(Map.of("custom:aclPolicy", "{}"));
        for (int size : new int[] {0, 1, 100_000, 2 * MIB + 1, 5 * MIB}) {
            byte[] bytes = new byte[size];
            new Random(size).nextBytes(bytes);

            ObjectMeta written = store.write(key, ByteArrayBody.of(bytes), PLAIN.withMetadata(metadata));

            ObjectMeta head = store.head(key).orElseThrow();
            assertThat(head.metadata()).as("metadata of %d bytes", size).contains(metadata);
            assertThat(head.version()).isEqualTo(written.version());
            try (ObjectBody body = store.read(head);
                    InputStream in = body.open()) {
                assertThat(in.readAllBytes()).as("%d bytes", size).isEqualTo(bytes);
            }
        }
    }

    @Test
    void listsCopiesAndDeletes() {
        ObjectStore store = harness.store();
        ObjectMeta source = harness.neighbour().write(ObjectKey.of("a/source"), ByteArrayBody.of(new byte[10]), PLAIN);
        for (String name : List.of("a/1", "a/2", "b")) {
            store.copyFrom(harness.neighbour().bucket(), source, ObjectKey.of(name), PLAIN);
        }
        store.delete(ObjectKey.of("a/2"), Precondition.none());
        store.delete(ObjectKey.of("never"), Precondition.none());

        try (Listing listing = store.list(ListRequest.everything())) {
            Page page = listing.next().orElseThrow();
            assertThat(page.count()).isEqualTo(2);
            assertThat(page.key(0)).isEqualTo(ObjectKey.of("a/1"));
            assertThat(page.meta(1).fingerprints()).containsExactlyInAnyOrderElementsOf(source.fingerprints());
        }
    }

    @Test
    void isCaughtIgnoringPagesAndOffsets() {
        ObjectStore store = harness.store();
        for (String name : List.of("a", "b", "c")) {
            store.write(ObjectKey.of(name), ByteArrayBody.of(new byte[1]), PLAIN);
        }

        try (Listing paged = store.list(ListRequest.everything().paged(2));
                Listing ranged = store.list(ListRequest.everything().within(KeyRange.after(ObjectKey.of("b"))))) {
            assertThatThrownBy(paged::next)
                    .isInstanceOf(UnprovenListingException.class)
                    .hasMessageContaining("3 entries where 2 were asked for");
            assertThatThrownBy(ranged::next)
                    .isInstanceOf(UnprovenListingException.class)
                    .hasMessageContaining("do not ascend behind what the page starts after");
        }
    }
}
