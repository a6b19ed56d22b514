package dev.replicator.server.api.run;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a client wants an answer to be; RFC 9110, 12.5.1. */
final class MediaTypes {
    private MediaTypes() {}

    /** The forms of a list of objects; the first is taken where any will do. */
    enum Kind {
        JSON("application", "json"),
        NDJSON("application", "x-ndjson"),
        CSV("text", "csv");

        private final String type;
        private final String subtype;

        Kind(String type, String subtype) {
            this.type = type;
            this.subtype = subtype;
        }

        String mediaType() {
            return type + "/" + subtype + (this == JSON ? "" : "; charset=utf-8");
        }
    }

    private record Range(String type, String subtype, double quality) {
        boolean holds(Kind kind) {
            return (type.equals("*") || type.equals(kind.type))
                    && (subtype.equals("*") || subtype.equals(kind.subtype));
        }

        static Optional<Range> parse(String text) {
            String[] parts = text.split(";");
            String[] names = parts[0].strip().toLowerCase(Locale.ROOT).split("/", -1);
            double quality = Arrays.stream(parts)
                    .skip(1)
                    .map(String::strip)
                    .filter(part -> part.matches("(?i)q=[01](\\.\\d{0,3})?"))
                    .mapToDouble(part -> Double.parseDouble(part.substring(2)))
                    .findFirst()
                    .orElse(1);
            return names.length == 2 ? Optional.of(new Range(names[0], names[1], quality)) : Optional.empty();
        }
    }

    /** What is wanted most of what there is; empty when nothing of it is. */
    static Optional<Kind> accepted(@Nullable String header) {
        if (header == null || header.isBlank()) {
            return Optional.of(Kind.JSON);
        }
        List<Range> ranges = Arrays.stream(header.split(","))
                .flatMap(text -> Range.parse(text).stream())
                .sorted(Comparator.comparingDouble(Range::quality).reversed())
                .toList();
        for (Range range : ranges) {
            Optional<Kind> kind = Arrays.stream(Kind.values())
                    .filter(one -> range.quality() > 0 && range.holds(one))
                    .findFirst();
            if (kind.isPresent()) {
                return kind;
            }
        }
        return Optional.empty();
    }
}
