package dev.replicator.s3;

import dev.replicator.store.Capability;
import dev.replicator.store.StoreSettings.Checksums;
import dev.replicator.store.TransferSizes;
import dev.replicator.testkit.contract.ObjectStoreContract;
import dev.replicator.testkit.contract.StoreHarness;
import java.util.EnumSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

/** The contract on LocalStack in a container; skipped, and reported as skipped, where there is no Docker. */
@EnabledIf(value = "hasDocker", disabledReason = "skipped: no Docker here")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LocalStackContractIT implements ObjectStoreContract {
    private static final int MIB = 1 << 20;
    private static final DockerImageName IMAGE = DockerImageName.parse("localstack/localstack:4.14.0");

    private LocalStackContainer localstack;

    static boolean hasDocker() {
        return DockerClientFactory.instance().isDockerAvailable();
    }

    @BeforeAll
    void start() {
        localstack = new LocalStackContainer(IMAGE).withServices("s3");
        try {
            localstack.start();
        } catch (ContainerFetchException e) {
            Assumptions.abort("skipped: the image " + IMAGE + " can't be fetched: " + e.getMessage());
        }
    }

    @AfterAll
    void stop() {
        localstack.stop();
    }

    @Override
    public StoreHarness openHarness() {
        return new S3Harness(new S3Harness.Server(
                localstack.getEndpoint(),
                localstack.getAccessKey(),
                localstack.getSecretKey(),
                EnumSet.of(
                        Capability.SERVER_SIDE_COPY,
                        Capability.CREATE_ONLY_WRITE,
                        Capability.CONDITIONAL_WRITE,
                        Capability.PINNED_READ,
                        Capability.METADATA,
                        Capability.TAGS,
                        Capability.ETAGS),
                Checksums.WHEN_SUPPORTED,
                new TransferSizes(5 * MIB, 5 * MIB, 5 * MIB),
                key -> true,
                (one, other) -> true));
    }
}
