package dev.replicator.cli.output;

import dev.replicator.cli.terminal.Sizes;
import dev.replicator.report.AssumedPace;
import dev.replicator.report.Estimate;
import dev.replicator.report.Estimate.Side;
import dev.replicator.report.RunReport;
import dev.replicator.store.PriceClass;
import dev.replicator.store.RequestCounts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** An estimate for people: where the bytes go, what is billed, how long it may take and on what assumptions. */
final class EstimateText {
    private EstimateText() {}

    /** A few lines, or none when there is nothing to do. */
    static List<String> lines(RunReport report) {
        return report.estimate()
                .filter(estimate -> !estimate.isEmpty())
                .map(estimate -> lines(estimate, sent(report)))
                .orElse(List.of());
    }

    private static long sent(RunReport report) {
        return report.requests().values().stream().mapToLong(Long::longValue).sum();
    }

    private static List<String> lines(Estimate estimate, long sent) {
        List<String> lines = new ArrayList<>();
        lines.add("Estimate: " + bytes(estimate) + ".");
        boolean local = estimate.source().local() && estimate.destination().local();
        lines.add("  Requests: "
                + (local
                        ? "none; both sides are directories."
                        : requests(estimate) + "; " + Sizes.count(sent) + " were sent for this plan."));
        lines.add("  Time:     " + time(estimate.atLeast(), estimate.atMost()) + ", assuming " + pace(estimate) + ".");
        if (!local) {
            lines.add(
                    "  Retries and the reading of tags come on top. No prices: they change; your provider lists them.");
        }
        return lines;
    }

    private static String bytes(Estimate estimate) {
        String bytes = Sizes.bytes(estimate.work().bytes());
        String from = estimate.source().place();
        String to = estimate.destination().place();
        return switch (estimate.movement()) {
            case LOCAL -> bytes + " from directory to directory";
            case SERVER_SIDE -> bytes + " copied inside " + to + ", none through this machine";
            case SERVER_SIDE_ACROSS_REGIONS ->
                bytes + " copied from " + from + " to " + to + ", billed as transfer between regions";
            case STREAMED -> streamed(estimate, bytes, from, to);
        };
    }

    private static String streamed(Estimate estimate, String bytes, String from, String to) {
        if (estimate.source().local()) {
            return bytes + " uploaded to " + to;
        }
        return estimate.destination().local()
                ? bytes + " downloaded from " + from + ", billed as egress"
                : bytes + " from " + from + " to " + to + " through this machine, billed as egress of " + from;
    }

    private static String requests(Estimate estimate) {
        Side source = estimate.source();
        Side destination = estimate.destination();
        RequestCounts reads = estimate.work().source();
        RequestCounts writes = estimate.work().destination();
        if (destination.local()) {
            return classes(source, reads);
        }
        if (source.local()) {
            return classes(destination, writes);
        }
        return source.isServedLike(destination)
                ? classes(destination, reads.plus(writes))
                : source.place() + " " + classes(source, reads) + "; " + destination.place() + " "
                        + classes(destination, writes);
    }

    /** In the words of the provider's price list. */
    private static String classes(Side side, RequestCounts requests) {
        boolean google = side.bucket().scheme().equals("gs");
        String text = Sizes.count(requests.of(PriceClass.WRITES))
                + (google ? " of class A, " : " PUT/COPY/POST/LIST, ")
                + Sizes.count(requests.of(PriceClass.READS))
                + (google ? " of class B" : " GET and others");
        long free = requests.of(PriceClass.FREE);
        return free == 0 ? text : text + ", " + Sizes.count(free) + " DELETE (free)";
    }

    private static String pace(Estimate estimate) {
        AssumedPace pace = estimate.pace();
        return pace.quickRequest().toMillis() + "–" + pace.slowRequest().toMillis() + " ms per request, "
                + pace.concurrency() + " at a time, and " + rate(pace) + each(estimate)
                + (pace.requestsPerSecond() == 0
                        ? ""
                        : ", at most " + Sizes.count(pace.requestsPerSecond()) + " requests/s");
    }

    private static String each(Estimate estimate) {
        return switch (estimate.movement()) {
            case LOCAL, STREAMED -> "";
            case SERVER_SIDE, SERVER_SIDE_ACROSS_REGIONS -> " per copy";
        };
    }

    private static String rate(AssumedPace pace) {
        String slow = whole(pace.slowBytes());
        return pace.slowBytes() == pace.fastBytes() ? slow + "/s" : slow + " to " + whole(pace.fastBytes()) + "/s";
    }

    private static String whole(long bytes) {
        return Sizes.bytes(bytes).replace(".00 ", " ");
    }

    /** Rounded outwards: {@code under 1 s}, {@code up to 6 s}, {@code about 2 to 4 min}. */
    static String time(Duration atLeast, Duration atMost) {
        if (atMost.toMillis() < 1_000) {
            return "under 1 s";
        }
        if (atLeast.toMillis() < 1_000) {
            return "up to " + Span.up(atMost).text();
        }
        Span from = Span.down(atLeast);
        Span to = Span.up(atMost);
        if (from.equals(to)) {
            return "about " + to.text();
        }
        return "about " + (from.unit().equals(to.unit()) ? from.number() + "" : from.text()) + " to " + to.text();
    }

    /** A time of one or two digits that mean something. */
    private record Span(long number, String unit) {
        private static final long HOUR = 3_600_000;

        static Span down(Duration time) {
            long millis = time.toMillis();
            if (millis < 60_000) {
                return new Span(floor(millis / 1_000), "s");
            }
            return millis < HOUR ? new Span(floor(millis / 60_000), "min") : new Span(floor(millis / HOUR), "h");
        }

        private static long floor(long number) {
            return number < 10 ? number : number / 5 * 5;
        }

        static Span up(Duration time) {
            long millis = time.toMillis();
            if (millis <= 55_000) {
                return new Span(ceiling(millis, 1_000), "s");
            }
            return millis <= 55 * 60_000
                    ? new Span(ceiling(millis, 60_000), "min")
                    : new Span(ceiling(millis, HOUR), "h");
        }

        private static long ceiling(long millis, long unit) {
            long number = (millis + unit - 1) / unit;
            return number <= 10 ? number : (number + 4) / 5 * 5;
        }

        String text() {
            return number + " " + unit;
        }
    }
}
