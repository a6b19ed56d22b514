package dev.replicator.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.testkit.gcs.FakeGcs;
import dev.replicator.testkit.gcs.FakeGcsOptions;
import dev.replicator.testkit.s3.FakeS3;
import dev.replicator.testkit.s3.FakeS3Options;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Over https, as in the clouds, requests look different: bodies are not part of S3's signatures, checksums trail them. */
@Tag("long")
@Timeout(180)
class TlsTest {
    private static final String PASSWORD = "of-this-test";
    private static final int MIB = 1 << 20;

    @TempDir
    Path directory;

    private FakeS3 s3;
    private FakeGcs gcs;

    @BeforeEach
    void servers() throws Exception {
        keytool("-genkeypair", "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=127.0.0.1")
                .with("-ext", "san=ip:127.0.0.1", "-validity", "2")
                .into("keys.p12");
        keytool("-exportcert", "-file", "certificate").into("keys.p12");
        keytool("-importcert", "-noprompt", "-file", "certificate").into("trusted.p12");
        ServerSocketFactory sockets = context(directory.resolve("keys.p12")).getServerSocketFactory();
        s3 = FakeS3.start(FakeS3Options.strict(), sockets);
        gcs = FakeGcs.start(FakeGcsOptions.strict(), sockets);
        for (String bucket : List.of("first", "second")) {
            s3.createBucket(bucket);
            gcs.createBucket(bucket);
        }
    }

    @AfterEach
    void stop() {
        s3.close();
        gcs.close();
    }

    @Test
    void everyWayGoesOverHttps() throws IOException {
        Path tree = Files.createDirectory(directory.resolve("tree"));
        for (int size : new int[] {0, 1, 70_000, 12 * MIB + 1}) {
            byte[] bytes = new byte[size];
            new Random(size).nextBytes(bytes);
            Files.write(tree.resolve("of-" + size), bytes);
        }
        Cli cli = trusting();
        List<String> stations =
                List.of(tree.toString(), "s3://first", "gs://first", "s3://second", "gs://second", "./back");

        for (int i = 1; i < stations.size(); i++) {
            Cli.Result copied = cli.run("sync", stations.get(i - 1), stations.get(i), "-o", "json");
            assertThat(copied.exit()).as(copied.err()).isZero();
        }
        assertThat(Trees.digests(directory.resolve("back"))).isEqualTo(Trees.digests(tree));
    }

    @Test
    void aCertificateThatNobodyVouchesForIsNamed() {
        for (String bucket : List.of("s3://first", "gs://first")) {
            Cli.Result refused = environment().run("plan", bucket, "./anywhere");
            assertThat(refused.exit()).as(refused.err()).isEqualTo(1);
            assertThat(refused.err()).contains("certificate is not trusted");
        }
    }

    private Cli environment() {
        return Servers.cli(directory, s3)
                .with("STORAGE_EMULATOR_HOST", gcs.endpoint().toString());
    }

    private Cli trusting() {
        return environment()
                .withJvm(
                        "-Djavax.net.ssl.trustStore=" + directory.resolve("trusted.p12"),
                        "-Djavax.net.ssl.trustStorePassword=" + PASSWORD);
    }

    private static SSLContext context(Path keys) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private Keytool keytool(String... arguments) {
        return new Keytool(directory, List.of(arguments));
    }

    /** A call of the JDK's own tool for keys. */
    private record Keytool(Path directory, List<String> arguments) {
        Keytool with(String... more) {
            List<String> all = new ArrayList<>(arguments);
            all.addAll(List.of(more));
            return new Keytool(directory, all);
        }

        void into(String store) throws IOException, InterruptedException {
            List<String> command = new ArrayList<>();
            command.add(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
            command.addAll(with("-alias", "server", "-keystore", store, "-storepass", PASSWORD).arguments);
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(String.join(" ", command)).isZero();
        }
    }
}
