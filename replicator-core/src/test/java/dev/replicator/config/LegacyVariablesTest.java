package dev.replicator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.job.DeletePolicy;
import dev.replicator.job.PrefixPair;
import dev.replicator.job.ReplicationJob;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LegacyVariablesTest {
    @TempDir
    Path directory;

    Setup setup;

    @BeforeEach
    void setUp() {
        setup = new Setup(directory);
    }

    private Setup buckets(String dev, String prod) {
        return setup.with("DEV_STORAGE_BUCKET", dev).with("PROD_STORAGE_BUCKET", prod);
    }

    private ReplicationJob job() {
        Configuration configuration = setup.load();
        assertThat(configuration.notConfigured()).isEmpty();
        assertThat(configuration.file()).isEmpty();
        return configuration.jobs().get("default").job();
    }

    private List<String> prefixes() {
        assertThat(job().paths()).allMatch(pair -> pair.from().equals(pair.to()));
        return job().paths().stream().map(pair -> pair.from().text()).toList();
    }

    @Test
    void theFirstUsersVariablesMakeOneJob() {
        buckets("shop-dev", "shop-prod")
                .with("STORAGE_PROVIDER", "gcs")
                .with("PUBLIC_OBJECT_SEARCH_PATHS", "/shop-dev/public")
                .with("PRIVATE_OBJECT_DIR", "/shop-dev/private");

        Configuration configuration = setup.load();

        assertThat(configuration.jobs()).containsOnlyKeys("default");
        assertThat(configuration.stores()).containsOnlyKeys("dev", "prod");
        assertThat(configuration.warnings()).isEmpty();
        assertThat(job().name()).contains("default");
        assertThat(job().source().uri()).hasToString("gs://shop-dev");
        assertThat(job().destination().uri()).hasToString("gs://shop-prod");
        assertThat(prefixes()).containsExactly("public/", "private/");
        assertThat(job().delete()).isEqualTo(DeletePolicy.NEVER);
    }

    @Test
    void nothingSetNamesBothWaysToConfigure() {
        Configuration configuration = setup.load();

        assertThat(configuration.jobs()).isEmpty();
        assertThat(configuration.notConfigured().orElseThrow())
                .contains("replicator.yaml", "REPLICATOR_CONFIG", "DEV_STORAGE_BUCKET", "PROD_STORAGE_BUCKET");
    }

    @ParameterizedTest
    @CsvSource({"DEV_STORAGE_BUCKET, PROD_STORAGE_BUCKET", "PROD_STORAGE_BUCKET, DEV_STORAGE_BUCKET"})
    void aBucketNameNeverDefaults(String set, String missing) {
        setup.with(set, "s3://some-bucket").with(missing, "  ");

        Configuration configuration = setup.load();

        assertThat(configuration.jobs()).isEmpty();
        assertThat(configuration.notConfigured().orElseThrow()).startsWith(missing + " is not set");
    }

    @ParameterizedTest
    @CsvSource({
        "s3, shop, s3://shop",
        "S3, shop/media, s3://shop/media/",
        "gcs, shop, gs://shop",
        "gcs, /shop/media, gs://shop/media/",
        "gcs, s3://shop, s3://shop",
        "file, gs://shop, gs://shop",
    })
    void theProviderDecidesWhatABareNameIs(String provider, String value, String location) {
        buckets(value, "s3://elsewhere").with("STORAGE_PROVIDER", provider);

        assertThat(job().source().uri()).hasToString(location);
    }

    @Test
    void theFileProviderTakesDirectories() {
        buckets("data/dev", directory.resolve("prod").toString()).with("STORAGE_PROVIDER", "file");

        assertThat(job().source().uri().bucket())
                .isEqualTo(directory.resolve("data/dev").toString());
        assertThat(job().destination().uri().bucket())
                .isEqualTo(directory.resolve("prod").toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "REPL_ID",
                "REPLIT_DEPLOYMENT",
                "REPLIT_DB_URL",
                "GOOGLE_CLOUD_PROJECT",
                "GOOGLE_APPLICATION_CREDENTIALS",
                "DEFAULT_OBJECT_STORAGE_BUCKET_ID"
            })
    void aBareNameIsGooglesWhereReplitsOrGooglesVariablesAre(String sign) {
        buckets("dev-b", "prod-b").with(sign, "x");

        assertThat(job().source().uri()).hasToString("gs://dev-b");
        assertThat(setup.load().warnings())
                .contains(
                        "DEV_STORAGE_BUCKET is a bare bucket name: gs:// is assumed because " + sign
                                + " is set; STORAGE_PROVIDER=gcs says so",
                        "PROD_STORAGE_BUCKET is a bare bucket name: gs:// is assumed because " + sign
                                + " is set; STORAGE_PROVIDER=gcs says so");
    }

    @ParameterizedTest
    @CsvSource({"AWS_REGION, x", "REPL_ID, ''", "GOOGLE_API_KEY, x", "REPLICATOR_ENV, production"})
    void aBareNameIsAmazonsOtherwise(String variable, String value) {
        buckets("dev-b", "prod-b").with(variable, value);

        assertThat(job().source().uri()).hasToString("s3://dev-b");
        assertThat(setup.load().warnings())
                .contains("DEV_STORAGE_BUCKET is a bare bucket name: s3:// is assumed; STORAGE_PROVIDER=s3 says so");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DEV_STORAGE_BUCKET | /srv/dev | DEV_STORAGE_BUCKET begins with '/': set STORAGE_PROVIDER=file",
                "DEV_STORAGE_BUCKET | a b | DEV_STORAGE_BUCKET holds no bucket's name",
                "DEV_STORAGE_BUCKET | s3:// | DEV_STORAGE_BUCKET holds no location",
                "PROD_STORAGE_BUCKET | s3://k:s@b | PROD_STORAGE_BUCKET holds no location",
                "STORAGE_PROVIDER | azure | STORAGE_PROVIDER must be s3, gcs or file",
                "STORAGE_PROVIDER | gs | STORAGE_PROVIDER must be s3, gcs or file; did you mean 'gcs'?",
                "PUBLIC_OBJECT_SEARCH_PATHS | /public | PUBLIC_OBJECT_SEARCH_PATHS: '/public' is neither of the two buckets",
            })
    void whatIsAmbiguousIsNotConfiguredAndNamesTheVariable(String variable, String value, String reason) {
        buckets("dev-b", "prod-b").with(variable, value);

        Configuration configuration = setup.load();

        assertThat(configuration.jobs()).isEmpty();
        assertThat(configuration.notConfigured().orElseThrow()).startsWith(reason);
    }

    @Test
    void searchPathsAreSplitTrimmedAndDeduplicated() {
        buckets("s3://dev-b", "s3://prod-b")
                .with(
                        "PUBLIC_OBJECT_SEARCH_PATHS",
                        " /dev-b/public , ,/prod-b/public/,/dev-b/assets,/dev-b/assets/img");

        assertThat(prefixes()).containsExactly("public/", "assets/");
    }

    @Test
    void ruleAAnUnknownBucketKeepsItsPrefixForBothWithAWarning() {
        buckets("s3://dev-b", "s3://prod-b")
                .with("PUBLIC_OBJECT_SEARCH_PATHS", "/replit-objstore-1234/public")
                .with("PRIVATE_OBJECT_DIR", "/other/.private");

        assertThat(prefixes()).containsExactly("public/", ".private/");
        assertThat(setup.load().warnings())
                .containsExactly(
                        "PUBLIC_OBJECT_SEARCH_PATHS names 'replit-objstore-1234', which is neither of the two buckets:"
                                + " 'public' is replicated from one to the other",
                        "PRIVATE_OBJECT_DIR names 'other', which is neither of the two buckets: '.private' is replicated"
                                + " from one to the other");
    }

    @Test
    void ruleBWithoutALeadingSlashTheWholeTextIsAPrefix() {
        buckets("s3://dev-b", "s3://prod-b").with("PUBLIC_OBJECT_SEARCH_PATHS", "static/public,dev-b/img,media");

        assertThat(prefixes()).containsExactly("static/public/", "img/", "media/");
        assertThat(setup.load().warnings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dev-b", "/prod-b/", "/replit-objstore-1234"})
    void ruleCABucketAloneIsTheWholeBucket(String path) {
        buckets("s3://dev-b", "s3://prod-b").with("PUBLIC_OBJECT_SEARCH_PATHS", path);

        assertThat(job().paths()).containsExactly(PrefixPair.EVERYTHING);
        assertThat(setup.load().warnings())
                .contains("PUBLIC_OBJECT_SEARCH_PATHS names a whole bucket: everything in it is replicated");
    }

    @Test
    void ruleDOneBucketWithTwoFoldersIsAllowedWhereTheyAreApart() {
        buckets("s3://shared/dev", "s3://shared/prod")
                .with("PUBLIC_OBJECT_SEARCH_PATHS", "/shared/dev/public")
                .with("PRIVATE_OBJECT_DIR", "/shared/prod/.private");

        assertThat(job().source().uri()).hasToString("s3://shared/dev/");
        assertThat(job().destination().uri()).hasToString("s3://shared/prod/");
        assertThat(prefixes()).containsExactly("public/", ".private/");
    }

    @ParameterizedTest
    @CsvSource({"s3://shared, s3://shared/prod", "s3://shared/a/b, s3://shared/a", "s3://shared/a, s3://shared/a"})
    void ruleDEqualOrNestedFoldersOfOneBucketAreRefused(String dev, String prod) {
        buckets(dev, prod);

        assertThatThrownBy(setup::load)
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("DEV_STORAGE_BUCKET and PROD_STORAGE_BUCKET: source ")
                .hasMessageContaining("the same or one lies inside the other");
    }

    @ParameterizedTest
    @CsvSource({
        "/dev-b/public, /dev-b/public/private",
        "/dev-b/files, /prod-b/files",
        "/dev-b, /dev-b/.private",
    })
    void ruleEAPrivateDirectoryUnderAPublicPathIsRefused(String open, String secret) {
        buckets("s3://dev-b", "s3://prod-b")
                .with("PUBLIC_OBJECT_SEARCH_PATHS", open)
                .with("PRIVATE_OBJECT_DIR", secret);

        assertThatThrownBy(setup::load)
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("a private path never lands under a public one");
    }

    @Test
    void ruleFTheFileWinsAndWhatIsIgnoredIsTold() {
        buckets("a-bucket", "b-bucket")
                .with("PRIVATE_OBJECT_DIR", "/a-bucket/x")
                .with("STORAGE_PROVIDER", " ");

        Configuration configuration = setup.load(Setup.withJob(""));

        assertThat(configuration.jobs()).containsOnlyKeys("j");
        assertThat(configuration.warnings())
                .containsExactly("ignored, since there is a configuration file: DEV_STORAGE_BUCKET, PRIVATE_OBJECT_DIR,"
                        + " PROD_STORAGE_BUCKET");
    }

    @Test
    void ruleFVariablesThatTheFileAsksForAreNotIgnored() {
        buckets("a-bucket", "b-bucket");

        Configuration configuration = setup.load(
                "jobs: { j: { source: 's3://${env:DEV_STORAGE_BUCKET}', destination: 's3://${env:PROD_STORAGE_BUCKET}' } }");

        assertThat(configuration.warnings()).isEmpty();
    }

    @Test
    void ruleGTheSameBucketOnBothSidesIsRefused() {
        buckets("shop", "shop").with("STORAGE_PROVIDER", "gcs").with("PUBLIC_OBJECT_SEARCH_PATHS", "/shop/public");

        assertThatThrownBy(setup::load).isInstanceOf(ConfigException.class).hasMessageContaining("gs://shop");
    }

    @Test
    void withoutPathsEverythingIsReplicatedAndTheLogSaysSo() {
        buckets("s3://dev-b", "s3://prod-b").with("PUBLIC_OBJECT_SEARCH_PATHS", " , ");

        assertThat(job().paths()).containsExactly(PrefixPair.EVERYTHING);
        assertThat(setup.load().warnings())
                .containsExactly(
                        "neither PUBLIC_OBJECT_SEARCH_PATHS nor PRIVATE_OBJECT_DIR is set: everything in the bucket"
                                + " is replicated");
    }

    @Test
    void aPublicPathInsideThePrivateDirectoryGoesAlongWithIt() {
        buckets("s3://dev-b", "s3://prod-b")
                .with("PUBLIC_OBJECT_SEARCH_PATHS", "/dev-b/all/thumbs")
                .with("PRIVATE_OBJECT_DIR", "/dev-b/all");

        assertThat(prefixes()).containsExactly("all/");
    }

    @Test
    void aDirectorysPathsMayBeWrittenInFull() {
        Path dev = directory.resolve("store/dev");
        buckets(dev.toString(), directory.resolve("store/prod").toString())
                .with("STORAGE_PROVIDER", "file")
                .with("PUBLIC_OBJECT_SEARCH_PATHS", dev.resolve("public") + ",/dev/img")
                .with("PRIVATE_OBJECT_DIR", "private");

        assertThat(prefixes()).containsExactly("public/", "img/", "private/");
    }
}
