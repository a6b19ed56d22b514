package dev.replicator.tests.pairs;

import dev.replicator.job.ReplicationJob;
import dev.replicator.job.TransferSettings;
import dev.replicator.store.Capability;
import dev.replicator.store.KeyPrefix;
import dev.replicator.store.StoreSettings;
import dev.replicator.store.StoreUri;
import dev.replicator.store.TransferSizes;
import dev.replicator.testkit.s3.FakeS3Options;
import dev.replicator.testkit.servers.FakeGcsServer;
import dev.replicator.testkit.servers.GcpStorageEmulator;
import dev.replicator.testkit.servers.Moto;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;

/** Servers of others, each started when it is first needed. */
final class Independent implements AutoCloseable {
    /** The least that S3's servers take as a part. */
    private static final int PART = 5 << 20;

    private final Path directory;
    private final Map<Server, URI> endpoints = new EnumMap<>(Server.class);
    private final List<AutoCloseable> open = new ArrayList<>();
    private int sides;

    Independent(Path directory) {
        this.directory = directory;
        System.setProperty("aws.accessKeyId", FakeS3Options.CREDENTIALS.accessKey());
        System.setProperty("aws.secretAccessKey", FakeS3Options.CREDENTIALS.secretKey());
    }

    /** A server, what can be relied on there, and how many may talk to it. */
    enum Server {
        MOTO(Kind.S3, Capability.SERVER_SIDE_COPY, Capability.METADATA, Capability.TAGS, Capability.ETAGS) {
            @Override
            boolean isAvailable() {
                return Moto.isAvailable();
            }
        },
        S3PROXY(
                Kind.S3,
                Capability.SERVER_SIDE_COPY,
                Capability.CREATE_ONLY_WRITE,
                Capability.PINNED_READ,
                Capability.METADATA,
                Capability.ETAGS),
        FAKE_GCS_SERVER(
                Kind.GCS,
                Capability.SERVER_SIDE_COPY,
                Capability.CREATE_ONLY_WRITE,
                Capability.CONDITIONAL_WRITE,
                Capability.PINNED_READ,
                Capability.METADATA) {
            @Override
            boolean isAvailable() {
                return FakeGcsServer.isAvailable();
            }
        },
        GCP_STORAGE_EMULATOR(Kind.GCS, Capability.SERVER_SIDE_COPY, Capability.METADATA) {
            @Override
            boolean isAvailable() {
                return GcpStorageEmulator.isAvailable();
            }

            @Override
            int workers() {
                return 1;
            }
        },
        DIRECTORY(Kind.DIRECTORY);

        private final Kind kind;
        private final Set<Capability> capabilities = EnumSet.noneOf(Capability.class);

        Server(Kind kind, Capability... capabilities) {
            this.kind = kind;
            this.capabilities.addAll(List.of(capabilities));
        }

        Kind kind() {
            return kind;
        }

        boolean isAvailable() {
            return true;
        }

        int workers() {
            return 8;
        }

        String missing() {
            return switch (this) {
                case MOTO -> Moto.MISSING;
                case FAKE_GCS_SERVER -> FakeGcsServer.MISSING;
                case GCP_STORAGE_EMULATOR -> GcpStorageEmulator.MISSING;
                default -> "";
            };
        }
    }

    int part() {
        return PART;
    }

    /** A new, empty bucket or directory. */
    Side open(Server server) throws Exception {
        String name = "independent-" + ++sides;
        TransferSizes sizes = new TransferSizes(PART, PART, PART);
        if (server == Server.DIRECTORY) {
            Path root = directory.resolve(name);
            root.toFile().mkdir();
            return new DirectorySide(root, Clock.systemUTC(), sizes);
        }
        URI endpoint = endpoint(server);
        createBucket(server, endpoint, name);
        String scheme = server.kind() == Kind.S3 ? "s3" : "gs";
        ServerSide side = new ServerSide(StoreSettings.of(new StoreUri(scheme, name, KeyPrefix.NONE))
                .withEndpoint(endpoint.toString())
                .withCapabilities(server.capabilities)
                .withSizes(sizes));
        open.add(side);
        return side;
    }

    private URI endpoint(Server server) throws Exception {
        URI known = endpoints.get(server);
        if (known != null) {
            return known;
        }
        URI endpoint = start(server);
        endpoints.put(server, endpoint);
        return endpoint;
    }

    private URI start(Server server) throws Exception {
        return switch (server) {
            case MOTO -> {
                Moto moto = Moto.start();
                open.add(moto);
                yield moto.endpoint();
            }
            case S3PROXY -> {
                S3Proxy proxy = S3Proxy.builder()
                        .blobStore(new TransientNio2BlobStore())
                        .endpoint(URI.create("http://127.0.0.1:0"))
                        .awsAuthentication(AuthenticationType.NONE, "", "")
                        .build();
                proxy.start();
                open.add(proxy::stop);
                yield URI.create("http://127.0.0.1:" + proxy.getPort());
            }
            case FAKE_GCS_SERVER -> {
                FakeGcsServer gcs = FakeGcsServer.start();
                open.add(gcs);
                yield gcs.endpoint();
            }
            case GCP_STORAGE_EMULATOR -> {
                GcpStorageEmulator gcs = GcpStorageEmulator.start();
                open.add(gcs);
                yield gcs.endpoint();
            }
            case DIRECTORY -> throw new IllegalArgumentException("no server");
        };
    }

    private static void createBucket(Server server, URI endpoint, String name)
            throws IOException, InterruptedException {
        HttpRequest request = server.kind() == Kind.S3
                ? HttpRequest.newBuilder(endpoint.resolve("/" + name))
                        .PUT(BodyPublishers.noBody())
                        .build()
                : HttpRequest.newBuilder(endpoint.resolve("/storage/v1/b?project=independent"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"name\":\"" + name + "\"}"))
                        .build();
        int status = HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
        if (status != 200) {
            throw new IOException("no bucket on " + server + ": " + status);
        }
    }

    /** With as many workers as both can bear. */
    ReplicationJob job(Side source, Side destination, Server from, Server to) {
        return Fakes.job(source, destination)
                .withTransfer(TransferSettings.DEFAULT.withConcurrency(Math.min(from.workers(), to.workers())));
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
    }
}
