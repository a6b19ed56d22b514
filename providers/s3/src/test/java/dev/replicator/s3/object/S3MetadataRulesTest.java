package dev.replicator.s3.object;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.s3.client.S3Profiles;
import dev.replicator.s3.client.S3Settings;
import dev.replicator.store.MetadataLoss;
import dev.replicator.store.MetadataRules.Fitted;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.StoreContext;
import dev.replicator.store.StoreSettings;
import dev.replicator.store.StoreUri;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What S3 is given is what its answers show, or a comparison of metadata would repair it for ever. */
class S3MetadataRulesTest {
    private static final StoreSettings STORE =
            StoreSettings.of(StoreUri.parse("s3://b", Path.of("/"))).withEndpoint("http://127.0.0.1:1");

    private final S3MetadataRules rules = new S3MetadataRules(
            S3Settings.resolve(STORE, StoreContext.system(), S3Profiles.of(STORE, StoreContext.system())));

    private Fitted fitted(String header, String value) {
        return rules.fit(ObjectMetadata.NONE.withHeaders(Map.of(header, value)));
    }

    @ParameterizedTest
    @CsvSource({"gzip,gzip", "'aws-chunked,gzip',gzip", "'gzip, aws-chunked',gzip", "' gzip ',gzip"})
    void anEncodingIsKeptWithoutTheWayItTravelled(String encoding, String kept) {
        assertThat(fitted("content-encoding", encoding).kept().contentEncoding())
                .contains(kept);
        assertThat(fitted("content-encoding", encoding).losses()).isEmpty();
    }

    @Test
    void oneThatWasOnlyTheWayIsLeftBehindAndSaidSo() {
        Fitted fitted = fitted("content-encoding", "aws-chunked");

        assertThat(fitted.kept().contentEncoding()).isEmpty();
        assertThat(fitted.losses()).extracting(MetadataLoss::field).containsExactly("content-encoding");
    }

    @Test
    void headersLoseTheBlanksAroundThem() {
        assertThat(fitted("cache-control", " max-age=1 , public ").kept().cacheControl())
                .contains("max-age=1 , public");
    }

    /** It would not be read back, so it would be repaired for ever, or it would rename other entries. */
    @ParameterizedTest
    @ValueSource(strings = {"mine", "", "a=b", "a=A"})
    void anEntryThatIsCalledAsOurNoteOfNamesIsLeftBehindAndToldOf(String value) {
        Fitted fitted = rules.fit(ObjectMetadata.NONE.withUser(Map.of("replicator-names", value, "a", "1")));

        assertThat(fitted.kept().user()).isEqualTo(Map.of("a", "1"));
        assertThat(fitted.losses()).extracting(MetadataLoss::field).containsExactly("replicator-names");
    }
}
