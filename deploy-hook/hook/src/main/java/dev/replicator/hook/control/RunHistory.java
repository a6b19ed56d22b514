package dev.replicator.hook.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.replicator.report.ReportJson;
import dev.replicator.report.RunReport;
import dev.replicator.store.ObjectMeta;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The reports of a job's runs under {@code runs/}, newest {@value #KEPT}. Names sort by time. Thread-safe; of writers
 * that race none loses a report.
 */
public final class RunHistory {
    public static final int KEPT = 50;
    private static final int MAX_BYTES = 8 << 20;
    private static final String FOLDER = "runs/";
    private static final String SUFFIX = ".json";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final ControlObjects objects;

    /**
     * A kept report.
     *
     * @param json the whole report as {@link ReportJson} wrote it
     */
    public record Entry(String runId, Instant startedAt, String outcome, String json) {}

    public RunHistory(ControlObjects objects) {
        this.objects = objects;
    }

    /** Keeps a report and removes those beyond the newest {@value #KEPT}. */
    public void keep(RunReport report) {
        String id = report.runId().replaceAll("[^A-Za-z0-9._-]", "_");
        objects.put(
                FOLDER + STAMP.format(report.startedAt()) + "-" + id + SUFFIX,
                ReportJson.of(report).getBytes(StandardCharsets.UTF_8));
        List<String> names = names();
        for (String old : names.subList(0, Math.max(0, names.size() - KEPT))) {
            objects.delete(old);
        }
    }

    /** The newest reports first, at most {@code count}; what can't be read is left out. */
    public List<Entry> newest(int count) {
        return newest(count, any -> true);
    }

    /** The same of those whose run is wanted; no other is read. */
    public List<Entry> newest(int count, Predicate<String> wantedRun) {
        List<String> names = names();
        List<Entry> entries = new ArrayList<>();
        for (int i = names.size() - 1; i >= 0 && entries.size() < count; i--) {
            if (wantedRun.test(idOf(names.get(i)))) {
                read(names.get(i)).ifPresent(entries::add);
            }
        }
        return entries;
    }

    /** The report of that run, or of the only one whose id begins so. */
    public Optional<Entry> find(String runId) {
        List<String> named =
                names().stream().filter(name -> idOf(name).startsWith(runId)).toList();
        Optional<String> exact =
                named.stream().filter(name -> idOf(name).equals(runId)).findFirst();
        return exact.or(() -> named.size() == 1 ? Optional.of(named.get(0)) : Optional.empty())
                .flatMap(this::read);
    }

    private static String idOf(String name) {
        String file = name.substring(FOLDER.length(), name.length() - SUFFIX.length());
        return file.substring(file.indexOf('-') + 1);
    }

    private List<String> names() {
        return objects.list(FOLDER).stream()
                .map(ObjectMeta::key)
                .map(key -> key.text())
                .filter(name -> name.endsWith(SUFFIX) && name.indexOf('-') > 0)
                .toList();
    }

    private Optional<Entry> read(String name) {
        return objects.read(name, MAX_BYTES)
                .flatMap(ControlObjects.Content::bytes)
                .flatMap(bytes -> {
                    String json = new String(bytes, StandardCharsets.UTF_8);
                    try {
                        JsonNode report = JSON.readTree(json);
                        return Optional.of(new Entry(
                                report.path("runId").asText(),
                                Instant.parse(report.path("startedAt").asText()),
                                report.path("outcome").asText(),
                                json));
                    } catch (IOException | java.time.DateTimeException e) {
                        return Optional.empty();
                    }
                });
    }
}
