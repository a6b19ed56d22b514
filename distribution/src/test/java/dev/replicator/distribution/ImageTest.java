package dev.replicator.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The image without the Java under it: what runs, as whom, from which files. */
class ImageTest {
    private static final Map<String, Integer> FILES = new LinkedHashMap<>();
    private static final Map<String, String> TEXTS = new HashMap<>();
    private static JsonNode config;

    @BeforeAll
    static void read() throws IOException {
        JsonMapper mapper = JsonMapper.builder().build();
        Map<String, byte[]> parts = new HashMap<>();
        try (InputStream image = Files.newInputStream(Packed.DIRECTORY.resolve("replicator-image.tar"))) {
            TarArchiveInputStream entries = new TarArchiveInputStream(image);
            for (TarArchiveEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                parts.put(entry.getName(), entries.readAllBytes());
            }
        }
        JsonNode manifest = mapper.readTree(parts.get("manifest.json")).get(0);
        config = mapper.readTree(parts.get(manifest.path("Config").asText())).path("config");
        for (JsonNode layer : manifest.path("Layers")) {
            layer(parts.get(layer.asText()));
        }
    }

    private static void layer(byte[] packed) throws IOException {
        TarArchiveInputStream entries =
                new TarArchiveInputStream(new GZIPInputStream(new ByteArrayInputStream(packed)));
        for (TarArchiveEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
            FILES.put("/" + entry.getName(), entry.getMode() & 0777);
            if (entry.getName().startsWith("app/jib-") || entry.getName().endsWith("jvm.options")) {
                TEXTS.put(
                        "/" + entry.getName(),
                        new String(entries.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
            }
        }
    }

    @Test
    void itRunsTheCommandAsNobodyInParticular() {
        assertThat(config.path("User").asText()).isEqualTo("10001:10001");
        assertThat(StreamSupport.stream(config.path("Entrypoint").spliterator(), false)
                        .map(JsonNode::asText))
                .startsWith("java", "@/app/jvm.options")
                .endsWith("dev.replicator.cli.Main");
        assertThat(config.path("Cmd").isMissingNode()
                        || config.path("Cmd").isNull()
                        || config.path("Cmd").isEmpty())
                .isTrue();
    }

    @Test
    void nothingInItCanBeChangedByThatUser() {
        assertThat(FILES)
                .isNotEmpty()
                .allSatisfy((name, mode) -> assertThat(mode & 0022).as(name).isZero());
        assertThat(config.path("Volumes").fieldNames()).toIterable().containsExactlyInAnyOrder("/tmp");
    }

    @Test
    void whatTheEntrypointNamesIsThere() {
        assertThat(TEXTS.get("/app/jvm.options")).contains("-XX:+UseSerialGC");
        assertThat(TEXTS.get("/app/jib-classpath-file").split(":"))
                .filteredOn(place -> !place.equals("/app/classpath/*"))
                .hasSizeGreaterThan(100)
                .allSatisfy(place -> assertThat(FILES).containsKey(place));
    }

    @Test
    void itSaysWhatItIs() {
        assertThat(config.path("Labels")
                        .path("org.opencontainers.image.version")
                        .asText())
                .isEqualTo(Packed.VERSION);
        assertThat(config.path("Labels")
                        .path("org.opencontainers.image.licenses")
                        .asText())
                .isEqualTo("Apache-2.0");
        assertThat(FILES).containsKey("/app/sbom/replicator.cdx.json");
    }
}
