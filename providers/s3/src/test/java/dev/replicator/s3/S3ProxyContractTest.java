package dev.replicator.s3;

import dev.replicator.store.Capability;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.StoreSettings.Checksums;
import dev.replicator.store.TransferSizes;
import dev.replicator.testkit.contract.ObjectStoreContract;
import dev.replicator.testkit.contract.StoreHarness;
import java.net.URI;
import java.util.Arrays;
import java.util.EnumSet;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/**
 * The contract on somebody else's idea of S3. S3Proxy keeps no tags, lets two writers win where {@code If-Match} should
 * let one, ignores conditions on a copy's destination, and keeps objects in a file system.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class S3ProxyContractTest implements ObjectStoreContract {
    private static final int MIB = 1 << 20;

    private S3Proxy proxy;

    @BeforeAll
    void start() throws Exception {
        proxy = S3Proxy.builder()
                .blobStore(new TransientNio2BlobStore())
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, "proxy-access-key", "proxy-secret-key")
                .build();
        proxy.start();
    }

    @AfterAll
    void stop() throws Exception {
        proxy.stop();
    }

    @Override
    public StoreHarness openHarness() {
        return new S3Harness(new S3Harness.Server(
                URI.create("http://127.0.0.1:" + proxy.getPort()),
                "proxy-access-key",
                "proxy-secret-key",
                EnumSet.of(
                        Capability.SERVER_SIDE_COPY,
                        Capability.CREATE_ONLY_WRITE,
                        Capability.PINNED_READ,
                        Capability.METADATA,
                        Capability.ETAGS),
                Checksums.WHEN_SUPPORTED,
                new TransferSizes(5 * MIB, 5 * MIB, 5 * MIB),
                S3ProxyContractTest::isAPath));
    }

    private static boolean isAPath(ObjectKey key) {
        return Arrays.stream(key.text().split("/", -1))
                .noneMatch(segment -> segment.isEmpty() || segment.equals(".") || segment.equals(".."));
    }
}
