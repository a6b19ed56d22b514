package dev.replicator.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.RunOptions;
import dev.replicator.report.RunReport;
import dev.replicator.testkit.NaughtyKeys;
import dev.replicator.testkit.s3.FakeS3;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Keys that break scripts arrive exactly, or are refused by name. */
@Timeout(120)
class NaughtyKeysEndToEndTest {
    @BeforeAll
    static void credentials() {
        TwoSides.useCredentials();
    }

    private static FakeS3 server() {
        FakeS3 server = FakeS3.start();
        server.createBucket("dev");
        server.createBucket("prod");
        for (String key : NaughtyKeys.all()) {
            if (key.getBytes(StandardCharsets.UTF_8).length <= 1_024) {
                server.put("dev", key, key.getBytes(StandardCharsets.UTF_8));
            }
        }
        return server;
    }

    @Test
    void everyKeyArrivesExactlyInS3() {
        try (FakeS3 server = server()) {
            RunReport report =
                    TwoSides.replicator(server).run(TwoSides.job("s3://dev", "s3://prod"), RunOptions.defaults());

            assertThat(report.failures()).isEmpty();
            assertThat(server.keys("prod")).isEqualTo(withoutOurs(server.keys("dev")));
            assertThat(server.keys("prod"))
                    .allSatisfy(key -> assertThat(server.get("prod", key).orElseThrow())
                            .asString(StandardCharsets.UTF_8)
                            .isEqualTo(key));
        }
    }

    @Test
    void everyKeyArrivesExactlyInADirectoryOrIsRefusedByName(@TempDir Path directory) {
        Path root = directory.resolve("inside/root");
        try (FakeS3 server = server()) {
            RunReport report =
                    TwoSides.replicator(server).run(TwoSides.job("s3://dev", root.toString()), RunOptions.defaults());

            SortedMap<String, String> found = Trees.digests(root);
            assertThat(found)
                    .allSatisfy((key, digest) ->
                            assertThat(digest).as(key).isEqualTo(Trees.digest(key.getBytes(StandardCharsets.UTF_8))));
            assertThat(found.size()).isGreaterThan(NaughtyKeys.all().size() / 2);
            assertThat(report.counts().copied()
                            + report.counts().skipped()
                            + report.counts().failed())
                    .isEqualTo(withoutOurs(server.keys("dev")).size());
            assertThat(Trees.digests(directory))
                    .allSatisfy((path, digest) -> assertThat(path).startsWith("inside/root/"));
        }
    }

    private static List<String> withoutOurs(List<String> keys) {
        return keys.stream()
                .filter(key -> !List.of(key.split("/")).contains(".replicator"))
                .toList();
    }
}
