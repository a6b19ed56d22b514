package dev.replicator.config;

import static dev.replicator.config.binding.Slot.emptiable;
import static dev.replicator.config.binding.Slot.required;
import static dev.replicator.config.binding.Slot.value;

import dev.replicator.config.binding.Kinds;
import dev.replicator.config.binding.Shape;
import dev.replicator.config.binding.Slot.Emptiable;
import dev.replicator.config.binding.Slot.Nested;
import dev.replicator.config.binding.Slot.Repeated;
import dev.replicator.config.binding.Slot.Required;
import dev.replicator.config.binding.Slot.Table;
import dev.replicator.config.binding.Slot.Value;
import dev.replicator.config.binding.Slot.Values;
import dev.replicator.config.text.Suggestions;
import dev.replicator.job.CompareMode;
import dev.replicator.job.DeletePolicy;
import dev.replicator.job.DriftPolicy;
import dev.replicator.job.KeyFilter;
import dev.replicator.job.OverwriteMode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The keys of a job; those of its hook are in {@link HookKeys}, of its schedules in {@link ScheduleKeys}. */
final class JobKeys {
    private static final List<String> HEADERS = List.of(
            "content-type", "cache-control", "content-encoding", "content-disposition", "content-language", "expires");
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._:-]{0,127}");
    private static final Duration MOMENT = Duration.ofMillis(1);

    /** Patterns that a job leaves out beside its own. */
    enum Preset {
        NONE,
        /** What systems, editors and tools leave behind. */
        OS_JUNK
    }

    static final Required<String> SOURCE =
            required("source", Kinds.unquoted(text -> text), "What is read: a store's name, or a location.");
    static final Required<String> DESTINATION =
            required("destination", Kinds.unquoted(text -> text), "What is written: a store's name, or a location.");

    static final Required<String> FROM = required("from", Kinds.text(), "Prefix in the source; \"\" is everything.");
    static final Value<String> TO = value("to", Kinds.text(), "same as from", "Prefix in the destination.");
    static final Repeated PATHS = new Repeated(
            "paths",
            Shape.of(FROM, TO),
            "Prefixes to replicate, and where they go; without it everything, under the same keys.");

    static final Values<String> INCLUDE = new Values<>(
            "include",
            Kinds.checked(JobKeys::pattern),
            false,
            "[\"**\"]",
            "Patterns of keys; where there are any, only these.");
    static final Values<String> EXCLUDE = new Values<>(
            "exclude",
            Kinds.checked(JobKeys::pattern),
            false,
            "[]",
            "Patterns of keys to leave alone on both sides; they go before includes.");
    static final Value<Preset> PRESET = value(
            "preset",
            Kinds.word(Preset.class),
            "none",
            "os-junk also excludes what systems, editors and tools leave behind.");
    static final Nested FILTER =
            new Nested("filter", Shape.of(INCLUDE, EXCLUDE, PRESET), false, "Which keys the job is about.");

    static final Value<CompareMode> COMPARE = value(
            "compare",
            Kinds.word(CompareMode.class),
            "size-and-modified",
            "How a changed object is told from an unchanged one.");
    static final Value<OverwriteMode> OVERWRITE = value(
            "overwrite",
            Kinds.word(OverwriteMode.class),
            "if-different",
            "What happens to an object that is there and differs.");

    static final Value<DriftPolicy> ON_DRIFT = value(
            "on-drift",
            Kinds.word(DriftPolicy.class),
            "report",
            "What happens to an object that others changed in the destination.");

    static final Value<Boolean> COPY_METADATA =
            value("copy", Kinds.flag(), "true", "Whether headers and user metadata go along.");
    static final Value<Boolean> COPY_TAGS = value("tags", Kinds.flag(), "true", "Whether tags go along.");
    static final Table SET = new Table(
            "set",
            Kinds.checked(JobKeys::header),
            Kinds.text(),
            "Headers that written objects get, such as cache-control; any other name is user metadata.");
    static final Value<Boolean> COMPARE_METADATA = value(
            "compare",
            Kinds.flag(),
            "false",
            "Whether metadata of unchanged objects is compared, a HEAD for each side whose listing lacks it, and repaired.");
    static final Value<Boolean> STRICT_METADATA = value(
            "strict",
            Kinds.flag(),
            "false",
            "Whether an object is left alone when the destination can't hold its metadata as it is (grants apart).");
    static final Nested METADATA = new Nested(
            "metadata",
            Shape.of(COPY_METADATA, COPY_TAGS, SET, COMPARE_METADATA, STRICT_METADATA),
            false,
            "What travels beside the bytes.");

    static final Value<DeletePolicy.Mode> DELETE_MODE = value(
            "mode",
            Kinds.word(DeletePolicy.Mode.class),
            "never",
            "mirror deletes what the source lacks, through the delete gate.");
    static final Value<Long> MAX_OBJECTS = value(
            "max-objects",
            Kinds.whole(0, 1_000_000_000_000L),
            "1000",
            "A run that would delete more objects deletes none.");
    static final Value<Double> MAX_PERCENT = value(
            "max-percent",
            Kinds.percent(),
            "10",
            "A run that would delete more than this share of the destination's objects in scope deletes none.");
    static final Nested DELETE = new Nested(
            "delete",
            Shape.of(DELETE_MODE, MAX_OBJECTS, MAX_PERCENT),
            false,
            "Whether anything is deleted, and how much at most.");

    static final Value<Optional<Long>> CONCURRENCY =
            value("concurrency", Kinds.autoOr(Kinds.whole(1, 1_024)), "auto", "Objects in flight.");
    static final Value<Optional<Long>> JOB_PART_SIZE = value(
            "part-size", Kinds.autoOr(StoreKeys.PART), "auto", "Size of a part on both sides; auto: the stores' own.");
    static final Value<Long> BYTES_IN_FLIGHT = value(
            "bytes-in-flight",
            Kinds.size(1 << 20, 1L << 40),
            "256MiB",
            "Most bytes on their way through this process at once; a larger object goes alone.");
    static final Emptiable<Long> BANDWIDTH =
            emptiable("bandwidth", Kinds.rate(), "Most bytes per second over all streams, such as 50MiB/s.");
    static final Value<Long> REQUESTS_PER_SECOND = value(
            "requests-per-second",
            Kinds.whole(0, 1_000_000),
            "0",
            "Most requests per second and store; 0 is no limit.");
    static final Nested TRANSFER = new Nested(
            "transfer",
            Shape.of(CONCURRENCY, JOB_PART_SIZE, BYTES_IN_FLIGHT, BANDWIDTH, REQUESTS_PER_SECOND),
            true,
            "How hard a run may work.");

    static final Value<Long> ATTEMPTS = value("attempts", Kinds.whole(1, 100), "6", "Tries of one request in all.");
    static final Value<Duration> BASE = value("base", Kinds.duration(MOMENT), "200ms", "First wait, before jitter.");
    static final Value<Duration> MAX = value("max", Kinds.duration(MOMENT), "20s", "Longest single wait.");
    static final Value<Duration> DEADLINE =
            value("deadline", Kinds.duration(MOMENT), "10m", "Longest time of one request with its retries.");
    static final Nested RETRY =
            new Nested("retry", Shape.of(ATTEMPTS, BASE, MAX, DEADLINE), true, "How transient failures are repeated.");

    static final Emptiable<String> CONTROL = emptiable(
            "control",
            Kinds.text(),
            "Prefix in the destination bucket for the job's own objects; without it .replicator/ and the job's name.");

    static final Shape JOB = Shape.of(
            SOURCE,
            DESTINATION,
            PATHS,
            FILTER,
            COMPARE,
            OVERWRITE,
            ON_DRIFT,
            METADATA,
            DELETE,
            TRANSFER,
            RETRY,
            HookKeys.HOOK,
            ScheduleKeys.SCHEDULES,
            CONTROL);

    private JobKeys() {}

    private static String pattern(String text) {
        try {
            KeyFilter.of(List.of(new KeyFilter.Rule(true, text)));
        } catch (IllegalArgumentException e) {
            // Not its message: it quotes the pattern.
            throw new IllegalArgumentException(
                    "is no filter pattern: it is empty, ends in a lone backslash or has an unclosed [");
        }
        return text;
    }

    private static String header(String text) {
        String name = text.toLowerCase(Locale.ROOT);
        if (HEADERS.contains(name)) {
            return name;
        }
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("is no header's or user metadata's name");
        }
        if (name.startsWith("replicator-")) {
            throw new IllegalArgumentException("is Replicator's own");
        }
        Optional<String> meant = Suggestions.nearest(name, HEADERS);
        if (meant.isPresent()) {
            throw new IllegalArgumentException("is no header; did you mean '" + meant.get() + "'?");
        }
        return name;
    }
}
