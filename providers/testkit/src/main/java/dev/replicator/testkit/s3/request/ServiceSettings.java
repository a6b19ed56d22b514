package dev.replicator.testkit.s3.request;

import dev.replicator.testkit.s3.model.Weakness;
import java.time.Clock;
import java.util.Set;

/** What every operation needs to know of the server; {@code smallestPart} is in bytes. */
public record ServiceSettings(String region, String ownerId, Clock clock, Set<Weakness> weaknesses, long smallestPart) {
    public ServiceSettings {
        weaknesses = Set.copyOf(weaknesses);
    }

    public boolean has(Weakness weakness) {
        return weaknesses.contains(weakness);
    }
}
