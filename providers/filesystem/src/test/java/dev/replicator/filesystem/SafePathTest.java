package dev.replicator.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.store.ByteArrayBody;
import dev.replicator.store.InvalidRequestException;
import dev.replicator.store.KeyRules;
import dev.replicator.store.ObjectKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SafePathTest {
    @TempDir
    Path above;

    /** Keys that no directory can hold. */
    static Stream<String> refused() {
        return Stream.of(
                "..",
                ".",
                "../x",
                "../../x",
                "../../../../../../../../etc/passwd",
                "a/..",
                "a/../x",
                "a/../../x",
                "a/.",
                "a/./x",
                "./x",
                "./../x",
                "a/b/../../../x",
                "../",
                "./",
                "a/../",
                "a/./",
                "/",
                "//",
                "///",
                "/x",
                "//x",
                "/etc/passwd",
                "/../x",
                "a//b",
                "a//",
                "a///b",
                "x/\0",
                "\0",
                "a\0b",
                "a/b\0/c",
                "..\0",
                "\0..",
                "../\0",
                ".replicator/tmp",
                ".replicator/tmp/",
                ".replicator/tmp/x",
                ".replicator/tmp/../x",
                "..//x",
                ".//x",
                "file:///etc/passwd",
                "a/..//b",
                "..//..//x",
                "tenant/../marker.txt",
                "x".repeat(256),
                "é".repeat(128),
                "a/" + "x".repeat(300),
                "日".repeat(86) + "/x",
                "a/" + "😀".repeat(64),
                "y/".repeat(2040) + "z".repeat(30));
    }

    /** Keys that only look dangerous: they are plain names here. */
    static Stream<String> kept() {
        return Stream.of(
                "...",
                "....",
                "..a",
                "a..",
                ".a",
                " ",
                "  ",
                ". ",
                " .",
                ".. ",
                " ..",
                "a\\..\\b",
                "..\\x",
                "\\",
                "\\\\host\\x",
                "C:",
                "C:\\x",
                "c:x",
                "~",
                "~root",
                "%2e%2e",
                "%2e%2e%2fx",
                "..%2fx",
                "..%00",
                "a\nb",
                "\r\n",
                "\t",
                "\u001b[2J",
                "-rf",
                "--help",
                "*",
                "?",
                "|",
                "<x>",
                "\"",
                "'",
                "`id`",
                "$(id)",
                "${HOME}",
                "con",
                "nul",
                "aux.txt",
                "COM1",
                "x:stream",
                "a b/c d",
                "é",
                "e\u0301",
                "日本語/テスト",
                "😀/😀",
                "\u202Etxt.exe",
                "\u200B",
                "\uFEFF",
                "\uFFFD",
                "\uFFFE",
                "\u0085",
                "\u2028",
                "file:/etc/passwd",
                "file:etc:passwd",
                "http:/x/y",
                ".git/config",
                ".htaccess",
                "x".repeat(255),
                "é".repeat(127),
                "a/b/c/d/e/f/g/h/i/j/k",
                "﹒﹒/x",
                "․․/x",
                "‥/x",
                "∕etc∕passwd",
                ".replicator/job/marker.json",
                ".replicator/tmpx",
                "a/.replicator/x");
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesByNameBeforeAnythingIsWritten(String text) throws IOException {
        Bucket bucket = Bucket.at(Files.createDirectory(above.resolve("root")));
        ObjectKey key = ObjectKey.of(text);

        assertThatThrownBy(() -> bucket.write(text, "x"))
                .isInstanceOfSatisfying(
                        InvalidRequestException.class,
                        e -> assertThat(e.why()).isEqualTo(InvalidRequestException.Why.UNSAFE_KEY))
                .hasMessageContaining("can't be kept in a directory: ");
        assertThat(bucket.store().role(KeyRules.class).orElseThrow().refusal(key))
                .isPresent();
        assertThat(bucket.store().head(key)).isEmpty();
        assertThat(bucket.files()).isEmpty();
        assertNothingBesides(bucket.root());
    }

    @ParameterizedTest
    @MethodSource("kept")
    void keepsByteForByteWhatOnlyLooksDangerous(String text) throws IOException {
        Bucket bucket = Bucket.at(Files.createDirectory(above.resolve("root")));

        bucket.write(text, "content of it");

        assertThat(bucket.keys()).containsExactly(text);
        assertThat(bucket.content(text)).isEqualTo("content of it");
        assertThat(bucket.store().role(KeyRules.class).orElseThrow().refusal(ObjectKey.of(text)))
                .isEmpty();
        assertNothingBesides(bucket.root());
    }

    @Test
    void refusesBytesThatAreNotUtf8() throws IOException {
        Bucket bucket = Bucket.at(Files.createDirectory(above.resolve("root")));
        ObjectKey key = ObjectKey.ofBytes(new byte[] {'a', (byte) 0xC3, '/', 'b'});

        assertThatThrownBy(() -> bucket.store().write(key, ByteArrayBody.of(new byte[0]), Bucket.unconditionally()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("not UTF-8");
    }

    @Test
    void hasAtLeastSixtyNastyKeys() {
        assertThat(Stream.concat(refused(), kept()).distinct()).hasSizeGreaterThan(100);
    }

    private void assertNothingBesides(Path root) throws IOException {
        try (Stream<Path> siblings = Files.list(above)) {
            assertThat(siblings).containsExactly(root);
        }
    }
}
