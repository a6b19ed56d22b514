package dev.replicator.cli.option;

import dev.replicator.cli.terminal.ColourMode;
import dev.replicator.config.Role;
import dev.replicator.config.text.Durations;
import dev.replicator.job.CompareMode;
import dev.replicator.job.DriftPolicy;
import dev.replicator.job.HookSettings;
import dev.replicator.store.StoreSettings;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Enum values as the command line spells them: {@code size-and-modified}. */
public final class Words {
    private Words() {}

    /** Teaches {@code commandLine}, with its subcommands, every enum that options use. */
    public static void register(CommandLine commandLine) {
        register(commandLine, CompareMode.class);
        register(commandLine, DriftPolicy.class);
        register(commandLine, OutputFormat.class);
        register(commandLine, ColourMode.class);
        register(commandLine, StoreSettings.Links.class);
        register(commandLine, StoreSettings.Checksums.class);
        register(commandLine, HookSettings.OnFailure.class);
        register(commandLine, Role.class);
        ITypeConverter<Duration> durations = Words::duration;
        commandLine.registerConverter(Duration.class, durations);
    }

    private static <E extends Enum<E>> void register(CommandLine commandLine, Class<E> type) {
        ITypeConverter<E> converter = word -> parse(type, word);
        commandLine.registerConverter(type, converter);
    }

    private static <E extends Enum<E>> E parse(Class<E> type, String word) {
        return Arrays.stream(type.getEnumConstants())
                .filter(value -> of(value).equals(word.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() ->
                        new TypeConversionException("'" + word + "' is not one of " + String.join(", ", of(type))));
    }

    private static Duration duration(String word) {
        try {
            return Durations.parse(word);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("'" + word + "': " + e.getMessage());
        }
    }

    /** The word of one value. */
    public static String of(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static List<String> of(Class<? extends Enum<?>> type) {
        return Arrays.stream(type.getEnumConstants()).map(Words::of).toList();
    }

    static final class Compares implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return of(CompareMode.class).iterator();
        }
    }

    static final class DriftPolicies implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return of(DriftPolicy.class).iterator();
        }
    }

    static final class Formats implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return of(OutputFormat.class).iterator();
        }
    }

    static final class Colours implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return of(ColourMode.class).iterator();
        }
    }

    /** Of a token's bearer. */
    public static final class Roles implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return of(Role.class).iterator();
        }
    }

    static final class Links implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return of(StoreSettings.Links.class).iterator();
        }
    }

    static final class Checksums implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return of(StoreSettings.Checksums.class).iterator();
        }
    }
}
