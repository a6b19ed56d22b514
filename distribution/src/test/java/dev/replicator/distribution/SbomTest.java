package dev.replicator.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The list of what is in the distribution. */
class SbomTest {
    private final JsonNode list = JsonMapper.builder()
            .build()
            .readTree(Packed.DIRECTORY.resolve("stage/sbom/replicator.cdx.json").toFile());

    SbomTest() throws IOException {}

    @Test
    void itListsEveryJarThatIsShipped() throws IOException {
        Set<String> listed = new TreeSet<>();
        for (JsonNode component : list.path("components")) {
            String classifier = component.path("purl").asText().contains("classifier=")
                    ? "-" + component.path("purl").asText().replaceAll(".*classifier=([^&]*).*", "$1")
                    : "";
            listed.add(component.path("name").asText() + "-"
                    + component.path("version").asText() + classifier + ".jar");
        }
        Set<String> shipped = new TreeSet<>();
        try (Stream<Path> files = Files.list(Packed.DIRECTORY.resolve("stage/lib"))) {
            files.forEach(file -> shipped.add(file.getFileName().toString()));
        }

        assertThat(listed).isEqualTo(shipped);
    }

    @Test
    void itSaysUnderWhichLicences() {
        for (JsonNode component : list.path("components")) {
            assertThat(component.path("licenses"))
                    .as(component.path("purl").asText())
                    .isNotEmpty();
        }
    }
}
