package dev.replicator.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.store.InvalidRequestException;
import dev.replicator.store.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SafePathPropertyTest {
    @Property(tries = 300)
    void noKeyEverLeadsOutOrToAnotherKey(@ForAll("nastyKeys") String text) throws IOException {
        Path parent = Files.createTempDirectory("safe");
        Bucket bucket = Bucket.at(Files.createDirectory(parent.resolve("root")));
        boolean isKept;
        try {
            bucket.write(text, text.endsWith("/") ? "" : "x");
            isKept = true;
        } catch (StoreException e) {
            assertThat(e).isInstanceOf(InvalidRequestException.class);
            isKept = false;
        }

        assertThat(bucket.keys()).isEqualTo(isKept ? List.of(text) : List.of());
        try (Stream<Path> siblings = Files.list(parent)) {
            assertThat(siblings).containsExactly(bucket.root());
        }
        bucket.clear();
        Files.delete(bucket.root());
        Files.delete(parent);
    }

    @Provide
    Arbitrary<String> nastyKeys() {
        return Arbitraries.of(
                        "/",
                        "..",
                        ".",
                        "a",
                        "\\",
                        "\0",
                        "%2f",
                        "//",
                        "é",
                        "😀",
                        " ",
                        "\n",
                        "C:",
                        "~",
                        ".replicator",
                        "tmp")
                .list()
                .ofMinSize(1)
                .ofMaxSize(8)
                .map(parts -> String.join("", parts))
                .filter(text -> text.getBytes(StandardCharsets.UTF_8).length > 0);
    }
}
