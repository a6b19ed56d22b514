package dev.replicator.hook.lease;

import dev.replicator.hook.control.LeaseOwner;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The ruling lease as the store shows it.
 *
 * @param number 0: there never was one
 * @param owner absent when its record can't be read
 * @param newest when the owner or its newest beat was written, by the store's time
 * @param trace changes with every beat
 * @param older names of objects of lower numbers
 */
public record LeaseView(
        long number, Optional<LeaseOwner> owner, boolean released, Instant newest, String trace, List<String> older) {
    static final LeaseView NONE = new LeaseView(0, Optional.empty(), true, Instant.EPOCH, "", List.of());

    public LeaseView {
        older = List.copyOf(older);
    }

    /** For people. */
    public String holder() {
        return owner.map(LeaseOwner::toString).orElse("an unknown process");
    }
}
