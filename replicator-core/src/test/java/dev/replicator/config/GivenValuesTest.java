package dev.replicator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.job.HookSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Values that another program has read mean what they mean in a file. */
class GivenValuesTest {
    private final ConfigLoader loader = new ConfigLoader(Path.of("/srv/app"), Map.of());

    @Test
    void keysAreRecognisedWhateverTheirDashesAndCase() {
        Configuration configuration = read(
                Map.of("hook", Map.of("leaseTtl", "10s", "MIN_INTERVAL", "5m", "onfailure", "fail", "mode", "block")));

        HookSettings hook = hook(configuration);
        assertThat(hook.leaseTtl()).isEqualTo(Duration.ofSeconds(10));
        assertThat(hook.minInterval()).isEqualTo(Duration.ofMinutes(5));
        assertThat(hook.onFailure()).isEqualTo(HookSettings.OnFailure.FAIL);
        assertThat(hook.mode()).isEqualTo(HookSettings.Mode.BLOCK);
    }

    @Test
    void offThatAnOlderYamlReaderTookForFalseIsOff() {
        assertThat(hook(read(Map.of("hook", Map.of("mode", false)))).mode()).isEqualTo(HookSettings.Mode.OFF);
    }

    @Test
    void whereABooleanIsMeantItStaysOne() {
        Configuration configuration = read(Map.of("metadata", Map.of("tags", false)));

        assertThat(configuration.jobs().get("media").job().metadata().tags()).isFalse();
    }

    @Test
    void anEmptyListOrMappingIsAsGoodAsNone() {
        assertThat(read(Map.of("hook", "", "paths", "", "filter", Map.of("exclude", "")))
                        .jobs())
                .containsOnlyKeys("media");
    }

    @Test
    void anUnknownKeyIsRefusedByItsPlaceAndWithASuggestion() {
        assertThatThrownBy(() -> read(Map.of("hook", Map.of("mod", "block"))))
                .isInstanceOf(ConfigException.class)
                .hasMessage("application.yaml: unknown key 'mod' in jobs.media.hook; did you mean 'mode'?");
    }

    @Test
    void aListMeansWhatItMeansInAFile() {
        Configuration configuration = read(
                Map.of("paths", List.of(Map.of("from", "public/", "to", "public/"), Map.of("from", "a/", "to", "b/"))));

        assertThat(configuration.jobs().get("media").job().paths()).hasSize(2);
    }

    private Configuration read(Map<String, Object> more) {
        Map<String, Object> job = new java.util.HashMap<>(Map.of("source", "./dev", "destination", "./prod"));
        job.putAll(more);
        return loader.readForgiving(Map.of("jobs", Map.of("media", job)), "application.yaml");
    }

    private static HookSettings hook(Configuration configuration) {
        return configuration.jobs().get("media").hook();
    }
}
