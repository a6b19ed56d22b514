package dev.replicator.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.replicator.hook.HookStatus;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ByteArrayResource;

/** Metadata and docs name what the starter reads. */
class DocumentedPropertiesTest {
    private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
    private static final List<Path> PAGES = List.of(Path.of("../../docs/spring-boot.md"), Path.of("../../README.md"));

    @Test
    void everyYamlOfTheDocsMakesAJob() throws IOException {
        for (String yaml : snippets()) {
            HookStatus status = status(yaml);

            assertThat(status.configured())
                    .as(status.configuredReason() + "\n" + yaml)
                    .isTrue();
        }
    }

    @Test
    void theCheckOfTheDocsSeesAMistake() throws IOException {
        assertThat(status(snippets().get(0).replace("source:", "sorce:")).configured())
                .isFalse();
    }

    @Test
    void theMetadataIsWholeAndNamesTheStartersOwnKeys() throws IOException {
        List<String> names = new ArrayList<>();
        for (URL url : Collections.list(
                getClass().getClassLoader().getResources("META-INF/spring-configuration-metadata.json"))) {
            try (InputStream in = url.openStream()) {
                JsonNode properties = new ObjectMapper().readTree(in).path("properties");
                properties.forEach(property -> {
                    String name = property.path("name").asText();
                    if (name.contains("replicator")) {
                        assertThat(property.path("description").asText())
                                .as(name)
                                .endsWith(".");
                        names.add(name);
                    }
                });
            }
        }
        assertThat(names)
                .containsExactlyInAnyOrder(
                        "replicator.version",
                        "replicator.stores",
                        "replicator.jobs",
                        "replicator.config",
                        "replicator.hook.enabled",
                        "replicator.hook.job",
                        "management.health.replicator.enabled",
                        "management.endpoint.replicator.access");
    }

    private static List<String> snippets() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path page : PAGES) {
            Matcher matcher = YAML.matcher(Files.readString(page));
            while (matcher.find()) {
                if (matcher.group(1).lines().anyMatch("replicator:"::equals)) {
                    found.add(matcher.group(1));
                }
            }
        }
        assertThat(found).isNotEmpty();
        return found;
    }

    private static HookStatus status(String yaml) throws IOException {
        StandardEnvironment environment = new StandardEnvironment();
        for (PropertySource<?> source : new YamlPropertySourceLoader()
                .load("docs", new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)))) {
            environment.getPropertySources().addFirst(source);
        }
        return SpringConfiguration.hook(environment, DocumentedPropertiesTest.class.getClassLoader())
                .build()
                .status();
    }
}
