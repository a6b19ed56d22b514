package dev.replicator.gcs.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.store.Capability;
import dev.replicator.store.InvalidRequestException;
import dev.replicator.store.KeyPrefix;
import dev.replicator.store.RequestMeter;
import dev.replicator.store.RetrySettings;
import dev.replicator.store.StoreContext;
import dev.replicator.store.StoreSettings;
import dev.replicator.store.StoreUri;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GcsSettingsTest {
    private static StoreSettings store(String bucket) {
        return StoreSettings.of(new StoreUri("gs", bucket, KeyPrefix.NONE));
    }

    private static GcsSettings resolve(StoreSettings store, Map<String, String> environment) {
        return GcsSettings.resolve(
                store, new StoreContext(new RequestMeter(), Clock.systemUTC(), environment, RetrySettings.DEFAULT));
    }

    private static StoreSettings paying(StoreSettings store) {
        return new StoreSettings(
                store.uri(),
                store.endpoint(),
                store.region(),
                store.profile(),
                store.roleArn(),
                store.pathStyle(),
                store.checksums(),
                true,
                store.expectedBucketOwner(),
                store.write(),
                store.capabilities(),
                store.links(),
                store.sizes(),
                store.project());
    }

    @Test
    void reachesGoogleWithCredentialsAndAllItCanDo() {
        GcsSettings settings = resolve(store("photos"), Map.of());

        assertThat(settings.root()).isEqualTo(URI.create("https://storage.googleapis.com/"));
        assertThat(settings.authenticated()).isTrue();
        assertThat(settings.capabilities())
                .contains(Capability.CREATE_ONLY_WRITE, Capability.CONDITIONAL_DELETE)
                .doesNotContain(Capability.TAGS, Capability.ETAGS, Capability.KEEPS_MODIFIED);
        assertThat(settings.ref().endpoint()).isEmpty();
        assertThat(settings.ref()).hasToString("gs://photos");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:4443", "http://localhost:4443/", "localhost:4443"})
    void reachesAnEmulatorWithoutCredentialsAndAssumesNoConditionOfIt(String host) {
        GcsSettings settings = resolve(store("photos"), Map.of("STORAGE_EMULATOR_HOST", host));

        assertThat(settings.root()).isEqualTo(URI.create("http://localhost:4443/"));
        assertThat(settings.authenticated()).isFalse();
        assertThat(settings.capabilities())
                .containsExactlyInAnyOrder(Capability.SERVER_SIDE_COPY, Capability.PINNED_READ, Capability.METADATA);
        assertThat(settings.ref().endpoint()).isEqualTo("localhost:4443");
    }

    @Test
    void prefersTheStoresOwnEndpointAndSendsCredentialsOverHttpsOnly() {
        Map<String, String> emulator = Map.of("STORAGE_EMULATOR_HOST", "http://localhost:4443");

        GcsSettings open = resolve(store("photos").withEndpoint("http://gcs.internal:9000/base/"), emulator);
        GcsSettings secret = resolve(store("photos").withEndpoint("https://storage.p.googleapis.com"), emulator);

        assertThat(open.root()).isEqualTo(URI.create("http://gcs.internal:9000/base/"));
        assertThat(open.authenticated()).isFalse();
        assertThat(secret.authenticated()).isTrue();
        assertThat(secret.google()).isTrue();
    }

    @Test
    void findsTheProjectThatPaysOnlyWhereTheRequesterDoes() {
        Map<String, String> environment = Map.of("GOOGLE_CLOUD_PROJECT", "from-environment");

        assertThat(resolve(store("photos").withProject("acme"), environment).userProject())
                .isEmpty();
        assertThat(resolve(paying(store("photos").withProject("acme")), environment)
                        .userProject())
                .contains("acme");
        assertThat(resolve(paying(store("photos")), environment).userProject()).contains("from-environment");
        assertThatThrownBy(() -> resolve(paying(store("photos")), Map.of()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("set the store's project");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ab", "Photos", "pho tos", "photos!", "-photos", "photos/", "..", "p%2Fq"})
    void refusesWhatIsNoBucketsName(String bucket) {
        assertThatThrownBy(() -> resolve(store(bucket), Map.of()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("not a bucket's name");
    }

    @Test
    void refusesWhatOnlyTheOtherServiceKnows() {
        StoreSettings plain = store("photos");
        StoreSettings profiled = new StoreSettings(
                plain.uri(),
                plain.endpoint(),
                plain.region(),
                Optional.of("acme"),
                plain.roleArn(),
                plain.pathStyle(),
                plain.checksums(),
                false,
                plain.expectedBucketOwner(),
                plain.write(),
                plain.capabilities(),
                plain.links(),
                plain.sizes(),
                plain.project());

        assertThatThrownBy(() -> resolve(profiled, Map.of()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("GOOGLE_APPLICATION_CREDENTIALS");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://host", "https://", "https://user:secret@host", "https://host?token=secret", "::"})
    void refusesWhatIsNoEndpointWithoutShowingIt(String endpoint) {
        assertThatThrownBy(() -> resolve(store("photos").withEndpoint(endpoint), Map.of()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageNotContaining("secret");
    }
}
