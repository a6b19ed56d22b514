package dev.replicator.s3.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.store.Capability;
import dev.replicator.store.InvalidRequestException;
import dev.replicator.store.KeyPrefix;
import dev.replicator.store.RequestMeter;
import dev.replicator.store.RetrySettings;
import dev.replicator.store.StoreContext;
import dev.replicator.store.StoreSettings;
import dev.replicator.store.StoreSettings.Checksums;
import dev.replicator.store.StoreUri;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class S3SettingsTest {
    private static final Map<String, String> NO_FILES =
            Map.of("AWS_CONFIG_FILE", "/nonexistent", "AWS_SHARED_CREDENTIALS_FILE", "/nonexistent");

    @TempDir
    private Path directory;

    private static StoreSettings bucket(String name) {
        return StoreSettings.of(new StoreUri("s3", name, KeyPrefix.NONE));
    }

    private static S3Settings resolve(StoreSettings store, Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(NO_FILES);
        all.putAll(environment);
        StoreContext context = new StoreContext(new RequestMeter(), Clock.systemUTC(), all, RetrySettings.DEFAULT);
        return S3Settings.resolve(store, context, S3Profiles.of(store, context));
    }

    @Test
    void saysThatANamedProfileIsNotThere() {
        assertThatThrownBy(() -> resolve(bucket("b"), Map.of("AWS_PROFILE", "nope")))
                .hasMessageContaining("the profile 'nope' is not found");
        StoreContext context = context(merged("AWS_PROFILE", "nope"));
        StoreSettings store = bucket("b").withRegion("eu-west-1");
        S3Profiles profiles = S3Profiles.of(store, context);

        assertThat(profiles.missing()).hasValueSatisfying(why -> assertThat(why).contains("'nope'"));
        assertThat(S3Profiles.of(store, context(NO_FILES)).missing()).isEmpty();
    }

    private static Map<String, String> merged(String name, String value) {
        Map<String, String> all = new HashMap<>(NO_FILES);
        all.put(name, value);
        return all;
    }

    private static StoreContext context(Map<String, String> environment) {
        return new StoreContext(new RequestMeter(), Clock.systemUTC(), environment, RetrySettings.DEFAULT);
    }

    @Test
    void takesTheEndpointOfTheStoreBeforeThoseOfTheEnvironment() {
        Map<String, String> environment =
                Map.of("AWS_ENDPOINT_URL_S3", "http://s3.example:1", "AWS_ENDPOINT_URL", "http://all.example:2");

        assertThat(resolve(bucket("b").withEndpoint("http://own.example:3"), environment)
                        .endpoint())
                .contains(URI.create("http://own.example:3"));
        assertThat(resolve(bucket("b"), environment).endpoint()).contains(URI.create("http://s3.example:1"));
        assertThat(resolve(bucket("b"), Map.of("AWS_ENDPOINT_URL", "http://all.example:2"))
                        .endpoint())
                .contains(URI.create("http://all.example:2"));
        assertThat(resolve(
                                bucket("b").withRegion("eu-west-1"),
                                Map.of(
                                        "AWS_ENDPOINT_URL",
                                        "http://all.example:2",
                                        "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
                                        "true"))
                        .endpoint())
                .isEmpty();
    }

    @Test
    void readsRegionAndEndpointFromTheProfile() throws IOException {
        Path config = Files.writeString(
                directory.resolve("config"),
                "[profile lab]\nregion = eu-north-1\nservices = here\n[services here]\ns3 =\n  endpoint_url = http://lab.example:9\n"
                        + "[profile flat]\nendpoint_url = http://flat.example:8\n");
        Map<String, String> environment = Map.of("AWS_CONFIG_FILE", config.toString(), "AWS_PROFILE", "lab");

        assertThat(resolve(bucket("b"), environment).endpoint()).contains(URI.create("http://lab.example:9"));
        assertThat(resolve(bucket("b"), environment).region()).isEqualTo("eu-north-1");
        assertThat(resolve(bucket("b"), Map.of("AWS_CONFIG_FILE", config.toString(), "AWS_PROFILE", "flat"))
                        .endpoint())
                .contains(URI.create("http://flat.example:8"));
    }

    @Test
    void takesTheRegionFromTheStoreTheEnvironmentOrTheEndpoint() {
        Map<String, String> environment = Map.of("AWS_REGION", "eu-west-1", "AWS_DEFAULT_REGION", "eu-west-2");

        assertThat(resolve(bucket("b").withRegion("ap-south-1"), environment).region())
                .isEqualTo("ap-south-1");
        assertThat(resolve(bucket("b"), environment).region()).isEqualTo("eu-west-1");
        assertThat(resolve(bucket("b"), Map.of("AWS_DEFAULT_REGION", "eu-west-2"))
                        .region())
                .isEqualTo("eu-west-2");
        assertThat(resolve(bucket("b").withEndpoint("https://s3.eu-central-1.amazonaws.com"), environment)
                        .region())
                .isEqualTo("eu-central-1");
        assertThat(resolve(bucket("b").withEndpoint("http://minio.example:9000"), Map.of())
                        .region())
                .isEqualTo("us-east-1");
    }

    @Test
    void saysWhatIsMissingWhereThereIsNoRegion() {
        assertThatThrownBy(() -> resolve(bucket("b"), Map.of()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("AWS_REGION")
                .hasMessageContaining("s3://b");
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:9000, true",
        "http://localhost:9000, true",
        "http://[::1]:9000, true",
        "https://minio.example, false",
        "https://s3.amazonaws.com, false"
    })
    void putsTheBucketInThePathWhereNoHostCouldCarryIt(String endpoint, boolean path) {
        StoreSettings store = bucket("b").withEndpoint(endpoint).withRegion("us-east-1");

        assertThat(resolve(store, Map.of()).pathStyle()).isEqualTo(path);
    }

    @Test
    void knowsAmazonAndAssumesLittleOfOthers() {
        S3Settings amazon = resolve(bucket("b").withRegion("eu-west-1"), Map.of());
        S3Settings other = resolve(bucket("b").withEndpoint("https://minio.example"), Map.of());

        assertThat(amazon.capabilities())
                .contains(Capability.CREATE_ONLY_WRITE, Capability.CONDITIONAL_COPY, Capability.CONDITIONAL_DELETE);
        assertThat(other.capabilities())
                .containsExactlyInAnyOrder(
                        Capability.SERVER_SIDE_COPY,
                        Capability.PINNED_READ,
                        Capability.METADATA,
                        Capability.TAGS,
                        Capability.ETAGS);
        assertThat(resolve(bucket("b").withEndpoint("https://minio.example").withCapabilities(Set.of()), Map.of())
                        .capabilities())
                .isEmpty();
    }

    @Test
    void callsAllOfAmazonOneServiceWhateverTheEndpoint() {
        S3Settings plain = resolve(bucket("b").withRegion("eu-west-1"), Map.of());
        S3Settings named = resolve(bucket("b").withEndpoint("https://s3.us-east-2.amazonaws.com"), Map.of());
        S3Settings china = resolve(bucket("b").withRegion("cn-north-1"), Map.of());

        assertThat(plain.ref().sameBucketAs(named.ref())).isTrue();
        assertThat(plain.ref().sameBucketAs(china.ref())).isFalse();
        assertThat(resolve(bucket("b").withEndpoint("http://127.0.0.1:9000"), Map.of())
                        .ref()
                        .endpoint())
                .isEqualTo("127.0.0.1:9000");
    }

    @Test
    void refusesDirectoryBucketsForTheirOrder() {
        assertThatThrownBy(() -> resolve(bucket("fast--use1-az4--x-s3").withRegion("us-east-1"), Map.of()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("no order");
    }

    @Test
    void takesAccessPointsOfOneRegion() {
        String arn = "arn:aws:s3:us-west-2:123456789012:accesspoint:mine";

        assertThat(resolve(bucket(arn), Map.of("AWS_REGION", "eu-west-1")).region())
                .isEqualTo("us-west-2");
        assertThatThrownBy(() -> resolve(bucket("arn:aws:s3:us-west-2:123456789012:accesspoint"), Map.of()))
                .hasMessageContaining("colon before its name");
        assertThatThrownBy(() -> resolve(bucket("arn:aws:s3::123456789012:accesspoint:m.mrap"), Map.of()))
                .hasMessageContaining("multi-region");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://host", "http://", "http://user:pass@host", "http://host?token=secret", "http://a b"})
    void refusesEndpointsThatAreNone(String endpoint) {
        assertThatThrownBy(() -> resolve(bucket("b").withEndpoint(endpoint), Map.of()))
                .isInstanceOf(InvalidRequestException.class)
                .message()
                .doesNotContain("secret")
                .doesNotContain("pass@");
    }

    @Test
    void sendsFewerChecksumsWhereTheEnvironmentSaysSo() {
        StoreSettings store = bucket("b").withEndpoint("http://127.0.0.1:1");

        assertThat(resolve(store, Map.of()).checksums()).isEqualTo(Checksums.WHEN_SUPPORTED);
        assertThat(resolve(store, Map.of("AWS_REQUEST_CHECKSUM_CALCULATION", "when_required"))
                        .checksums())
                .isEqualTo(Checksums.WHEN_REQUIRED);
    }
}
