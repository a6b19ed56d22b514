package dev.replicator.gcs.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.store.TransferSizes;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class ComponentsPropertyTest {
    private static final long TIB = 1L << 40;

    @Property(tries = 500)
    void componentsAreTheObjectCutWithoutGapOrOverlap(
            @ForAll @LongRange(min = 2, max = 5 * TIB) long size,
            @ForAll @LongRange(min = 1, max = 1L << 30) long part) {
        TransferSizes sizes = new TransferSizes(TransferSizes.MAX_COPY, 1, part);

        Components components = Components.cut(sizes, "c/", size);

        assertThat(components.count()).isBetween(1, Components.MOST);
        long next = 0;
        for (int number = 1; number <= components.count(); number++) {
            assertThat(components.offset(number)).isEqualTo(next);
            assertThat(components.size(number)).isPositive();
            next += components.size(number);
        }
        assertThat(next).isEqualTo(size);
    }
}
