package dev.replicator.server.run;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;

/** Names for runs that sort by the time of their beginning and can't be guessed. Thread-safe. */
final class RunIds {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);

    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    RunIds(Clock clock) {
        this.clock = clock;
    }

    String next() {
        byte[] bytes = new byte[8];
        random.nextBytes(bytes);
        return TIME.format(clock.instant()) + "-" + HexFormat.of().formatHex(bytes);
    }
}
