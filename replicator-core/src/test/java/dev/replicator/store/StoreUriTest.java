package dev.replicator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoreUriTest {
    private static final Path HERE = Path.of("/srv/dir");

    @ParameterizedTest
    @CsvSource({
        "s3://bucket, s3, bucket, ''",
        "s3://bucket/, s3, bucket, ''",
        "S3://bucket/a/b, s3, bucket, a/b/",
        "gs://bucket/a/b/, gs, bucket, a/b/",
        "s3://bucket/what?, s3, bucket, what?/",
        "s3://bucket/user@host, s3, bucket, user@host/",
        "s3://bucket//a, s3, bucket, /a/",
        "memory://b/x, memory, b, x/",
        "s3://arn:aws:s3:eu-west-1:123456789012:accesspoint:mine/a, s3, arn:aws:s3:eu-west-1:123456789012:accesspoint:mine, a/",
        "s3://arn:aws:s3:eu-west-1:123456789012:accesspoint/mine/a, s3, arn:aws:s3:eu-west-1:123456789012:accesspoint/mine, a/",
        "s3://arn:aws:s3:eu-west-1:123456789012:accesspoint/mine, s3, arn:aws:s3:eu-west-1:123456789012:accesspoint/mine, ''",
        "file:///srv/data, file, /srv/data, ''",
        "file:///srv/./a/../data/, file, /srv/data, ''",
        "/srv/data, file, /srv/data, ''",
        "./data, file, /srv/dir/data, ''",
        "data, file, /srv/dir/data, ''",
        "../data, file, /srv/data, ''",
        "., file, /srv/dir, ''",
        "./odd:name, file, /srv/dir/odd:name, ''",
        "c:data, file, /srv/dir/c:data, ''",
    })
    void readsWhatAUserTypes(String text, String scheme, String bucket, String prefix) {
        assertThat(StoreUri.parse(text, HERE)).isEqualTo(new StoreUri(scheme, bucket, KeyPrefix.of(prefix)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "s3://",
                "s3:///a",
                "://bucket",
                "file://host/dir",
                "file://dir",
                "s3://b?versionId=1",
                "s3:/bucket",
                "s3:bucket",
                "gs:/bucket/a",
                "file:/srv/data",
                "https:/x"
            })
    void refusesWhatIsNoLocation(String text) {
        assertThatThrownBy(() -> StoreUri.parse(text, HERE)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3://AKIA:SECRET@bucket",
                "s3://AKIA:SECRET@bucket/x",
                "s3://SECRET@bucket",
                "s3://AKIA:SEC/RET@bucket",
                "s3://AKIA:SECRET"
            })
    void refusesCredentialsWithoutRepeatingThem(String text) {
        assertThatThrownBy(() -> StoreUri.parse(text, HERE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("holds no credentials")
                .hasMessageNotContaining("SEC");
    }

    @Property
    void whatIsShownReadsBackTheSame(
            @ForAll @AlphaChars @StringLength(min = 1, max = 8) String bucket,
            @ForAll @StringLength(max = 5) @net.jqwik.api.constraints.Chars({'a', '/', '.', '?', ' '}) String prefix) {
        StoreUri uri = new StoreUri("s3", bucket, KeyPrefix.ofFolder(prefix));

        assertThat(StoreUri.parse(uri.toString(), HERE)).isEqualTo(uri);
    }

    @ParameterizedTest
    @CsvSource({"s3://b/p, s3://b/p/", "./x, file:///srv/dir/x", "gs://b, gs://b"})
    void isShownAsAUserWouldWriteIt(String text, String shown) {
        assertThat(StoreUri.parse(text, HERE)).hasToString(shown);
    }
}
