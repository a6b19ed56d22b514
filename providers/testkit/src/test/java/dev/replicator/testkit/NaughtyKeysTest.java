package dev.replicator.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.store.ObjectKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NaughtyKeysTest {

    @Test
    void areManyAndDistinct() {
        assertThat(NaughtyKeys.all()).hasSizeGreaterThanOrEqualTo(500).doesNotHaveDuplicates();
    }

    @Test
    void canAllBeKeysOfS3() {
        assertThat(NaughtyKeys.all()).allSatisfy(text -> {
            ObjectKey key = ObjectKey.of(text);
            assertThat(key.text()).isEqualTo(text);
            assertThat(key.length()).isBetween(1, 1_024);
        });
    }

    @Test
    void holdEveryKindThatIsPromised() {
        assertThat(NaughtyKeys.all())
                .contains(
                        "../a",
                        "/a",
                        "a//b",
                        "a/",
                        ".",
                        "a/./b",
                        "%2F",
                        "%00",
                        "a+b",
                        "caf\u00E9",
                        "cafe\u0301",
                        "\uFFFD",
                        "\uFFFE",
                        "\uFFFF",
                        "\uD83D\uDE00",
                        "null",
                        "undefined",
                        "NaN",
                        "CON",
                        ".git",
                        "README",
                        "readme",
                        "n",
                        "n/b")
                .anyMatch(key -> ObjectKey.of(key).length() == 1_024)
                .anyMatch(key -> ObjectKey.of(key).length() == 1_000)
                .anyMatch(key -> ObjectKey.of(key).length() == 255)
                .anyMatch(key -> ObjectKey.of(key).length() == 256);
        for (int control = 0x01; control <= 0x9F; control++) {
            String character = Character.toString(control);
            if (Character.isISOControl(control)) {
                assertThat(NaughtyKeys.all()).anyMatch(key -> key.contains(character));
            }
        }
    }

    @Test
    void leaveTheEnginesOwnKeysAlone() {
        assertThat(NaughtyKeys.all()).noneMatch(key -> List.of(key.split("/")).contains(".replicator"));
    }

    @Test
    void thoseSafeAsPathsFitIntoOneDirectory(@TempDir Path root) throws Exception {
        for (String key : NaughtyKeys.safeAsPaths()) {
            Path file = root.resolve(key);
            assertThat(file.normalize()).isEqualTo(file).startsWithRaw(root);
            Files.createDirectories(file.getParent());
            Files.writeString(file, key);
        }

        try (Stream<Path> files = Files.walk(root).filter(Files::isRegularFile)) {
            assertThat(files.map(file -> root.relativize(file).toString()))
                    .containsExactlyInAnyOrderElementsOf(NaughtyKeys.safeAsPaths());
        }
        assertThat(NaughtyKeys.safeAsPaths()).hasSizeGreaterThan(400);
    }
}
