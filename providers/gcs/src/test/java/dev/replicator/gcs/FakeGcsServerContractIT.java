package dev.replicator.gcs;

import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/** The contract on fake-gcs-server in a container, where there is Docker. */
@EnabledIf(value = "hasDocker", disabledReason = "skipped: no Docker here")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FakeGcsServerContractIT implements FakeGcsServerContract {
    private static final DockerImageName IMAGE = DockerImageName.parse("fsouza/fake-gcs-server:1.54.0");
    private static final int PORT = 4443;

    private GenericContainer<?> container;

    static boolean hasDocker() {
        return DockerClientFactory.instance().isDockerAvailable();
    }

    @BeforeAll
    void start() {
        container = new GenericContainer<>(IMAGE)
                .withCommand("-scheme", "http", "-backend", "memory", "-port", Integer.toString(PORT))
                .withExposedPorts(PORT);
        try {
            container.start();
        } catch (ContainerFetchException e) {
            Assumptions.abort("skipped: the image " + IMAGE + " can't be fetched: " + e.getMessage());
        }
    }

    @AfterAll
    void stop() {
        container.stop();
    }

    @Override
    public URI endpoint() {
        return URI.create("http://" + container.getHost() + ":" + container.getMappedPort(PORT));
    }
}
