package dev.replicator.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.store.KeyPrefix;
import dev.replicator.store.StoreSettings;
import dev.replicator.store.StoreUri;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobRulesTest {
    private static final Path HERE = Path.of("/srv/dir");

    private static StoreSettings store(String uri) {
        return StoreSettings.of(StoreUri.parse(uri, HERE));
    }

    private static ReplicationJob job(String source, String destination) {
        return ReplicationJob.of(store(source), store(destination));
    }

    private static PrefixPair pair(String from, String to) {
        return new PrefixPair(KeyPrefix.ofFolder(from), KeyPrefix.ofFolder(to));
    }

    @ParameterizedTest
    @CsvSource({
        "s3://a, s3://a",
        "s3://a/x, s3://a/x",
        "s3://a, s3://a/x",
        "s3://a/x/y, s3://a/x",
        "gs://a/x/, gs://a/x",
        "/srv/a, /srv/a",
        "/srv/a, /srv/a/b",
        "/srv/a/b, /srv/a",
        "/, /srv",
        "./x, /srv/dir/x/y",
        "/srv/a/../b, /srv/b",
    })
    void equalOrNestedSidesAreRefused(String source, String destination) {
        assertThatThrownBy(() -> job(source, destination))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("are the same or one lies inside the other");
    }

    @ParameterizedTest
    @CsvSource({
        "s3://a, s3://b",
        "s3://a/x, s3://a/y",
        "s3://a/x, s3://a/x2",
        "s3://a, gs://a",
        "/srv/a, /srv/ab",
        "/srv/a, /srv/b",
        "/srv/a, s3://srv/a",
    })
    void sidesApartAreAccepted(String source, String destination) {
        assertThatCode(() -> job(source, destination)).doesNotThrowAnyException();
    }

    @Test
    void oneNameAtTwoEndpointsIsTwoBuckets() {
        StoreSettings here = store("s3://a").withEndpoint("http://here:9000");

        assertThatCode(() -> ReplicationJob.of(here, store("s3://a").withEndpoint("http://there:9000")))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> ReplicationJob.of(here, store("s3://a/x").withEndpoint("http://here:9000")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void pathsOfOneBucketAreApartPairByPair() {
        ReplicationJob apart = job("s3://a/dev", "s3://a/prod");

        assertThatCode(() -> apart.withPaths(List.of(pair("x", "x"), pair("y", "y"))))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> apart.withPaths(List.of(pair("x", "x"), pair("y", "x/y"))))
                .hasMessageContaining("two paths go to the same place");
        assertThatThrownBy(() -> job("s3://a/x", "s3://a/y").withPaths(List.of()))
                .hasMessage("a job has at least one path");
    }

    @Test
    void onePathsDestinationMayNotHoldAnothersSource() {
        assertThatThrownBy(() -> new ReplicationJob(
                        java.util.Optional.empty(),
                        store("s3://a"),
                        store("s3://a"),
                        List.of(pair("one", "two"), pair("two/x", "three")),
                        KeyFilter.ALL,
                        CompareMode.SIZE_ONLY,
                        OverwriteMode.NEVER,
                        MetadataPolicy.ALL,
                        DeletePolicy.NEVER,
                        TransferSettings.DEFAULT,
                        dev.replicator.store.RetrySettings.DEFAULT,
                        java.util.Optional.empty()))
                .hasMessageContaining("are the same or one lies inside the other");
    }

    @ParameterizedTest
    @CsvSource({"x, x", "x, x/y", "x/y, x", "'', x", "x, ''"})
    void twoPathsToOnePlaceAreRefused(String one, String other) {
        assertThatThrownBy(() -> job("s3://a", "s3://b").withPaths(List.of(pair("p", one), pair("q", other))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("two paths go to the same place");
    }

    @Property
    void pathsAreAcceptedIfAndOnlyIfNoDestinationCoversAnother(@ForAll @From("folders") List<String> folders) {
        List<PrefixPair> pairs = new ArrayList<>();
        boolean apart = true;
        for (int i = 0; i < folders.size(); i++) {
            pairs.add(pair("from" + i, folders.get(i)));
            for (int j = 0; j < i; j++) {
                apart &= !folders.get(i).startsWith(folders.get(j))
                        && !folders.get(j).startsWith(folders.get(i));
            }
        }
        boolean expected = apart;

        ReplicationJob job = job("s3://a", "s3://b");

        if (expected) {
            assertThat(job.withPaths(pairs).paths()).isEqualTo(pairs);
        } else {
            assertThatThrownBy(() -> job.withPaths(pairs)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Provide
    Arbitrary<List<String>> folders() {
        return Arbitraries.of("a/", "b/", "aa/")
                .list()
                .ofMaxSize(2)
                .map(parts -> String.join("", parts))
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }

    @ParameterizedTest
    @CsvSource({
        "s3://a/.replicator, s3://b, '', ''",
        "s3://a, s3://b/x/.replicator/y, '', ''",
        "s3://a, s3://b, .replicator/media, x",
        "s3://a, s3://b, x, y/.replicator",
    })
    void aPathUnderOurOwnKeysIsRefused(String source, String destination, String from, String to) {
        assertThatThrownBy(() -> job(source, destination).withPaths(List.of(pair(from, to))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("which is Replicator's own");
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "../x", "x/../../y", "./x", "x/./y", "/x", "x//y"})
    void aPathThatIsNoPlaceBelowADirectoryIsRefused(String path) {
        assertThatThrownBy(() -> job("/srv/a", "s3://b").withPaths(List.of(pair(path, "x"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is no place below the directory");
        assertThatThrownBy(() -> job("s3://b", "/srv/a").withPaths(List.of(pair("x", path))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is no place below the directory");
        assertThatThrownBy(() -> job("s3://b", "/srv/a").withControl(KeyPrefix.ofFolder(path)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is no place below the directory");
        assertThatCode(() -> job("s3://a", "s3://b").withPaths(List.of(pair(path, path))))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"media", "Media_2.x-y", "0", "a23456789012345678901234567890123456789012345678901234567890123"})
    void aPlainNameIsAccepted(String name) {
        assertThat(job("s3://a", "s3://b").withName(name).controlPrefix().text())
                .isEqualTo(".replicator/" + name + "/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                ".x",
                "-x",
                "a/b",
                "a b",
                "ä",
                "a\n",
                "a2345678901234567890123456789012345678901234567890123456789012345"
            })
    void anotherNameIsRefused(String name) {
        assertThatThrownBy(() -> job("s3://a", "s3://b").withName(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("job name '")
                .hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @CsvSource({
        "s3://b, public, ctl, true",
        "s3://b, public, public2, true",
        "s3://b, public, public, false",
        "s3://b, public, public/ctl, false",
        "s3://b, public/x, public, false",
        "s3://b/site, public, ctl, true",
        "s3://b/site, public, site/ctl, true",
        "s3://b/site, public, site/public/ctl, false",
        "s3://b, '', ctl, false",
        "s3://b, '', .replicator/mine, true",
        "s3://b, public, public/.replicator, true",
        "s3://b, public, '', false",
    })
    void theControlPrefixLiesOutsideWhatIsPublished(String destination, String to, String control, boolean accepted) {
        ReplicationJob job = job("s3://a", destination).withPaths(List.of(pair("from", to)));

        if (accepted) {
            assertThat(job.withControl(KeyPrefix.ofFolder(control))
                            .controlPrefix()
                            .text())
                    .isEqualTo(control + "/");
        } else {
            assertThatThrownBy(() -> job.withControl(KeyPrefix.ofFolder(control)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("lies under a path that the job publishes");
        }
    }

    @Test
    void theControlPrefixLiesOutsideTheSourceOfTheSameBucketToo() {
        ReplicationJob job = job("s3://a/dev", "s3://a/prod");

        assertThatThrownBy(() -> job.withControl(KeyPrefix.ofFolder("dev/ctl")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lies under a path that the job publishes");
        assertThatCode(() -> job("s3://c/dev", "s3://a/prod").withControl(KeyPrefix.ofFolder("dev/ctl")))
                .doesNotThrowAnyException();
    }

    @Test
    void etagsCompareBetweenStoresOfOneKindOnly() {
        assertThatThrownBy(() -> job("s3://a", "gs://b").withCompare(CompareMode.ETAG))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("compare: etag works between stores of one kind only, not s3 and gs; use checksum");
        assertThatCode(() -> job("s3://a", "s3://b").withCompare(CompareMode.ETAG))
                .doesNotThrowAnyException();
        assertThatCode(() -> job("s3://a", "gs://b").withCompare(CompareMode.CHECKSUM))
                .doesNotThrowAnyException();
    }
}
