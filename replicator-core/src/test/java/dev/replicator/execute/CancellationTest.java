package dev.replicator.execute;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CancellationTest {
    private final Cancellation parent = new Cancellation();
    private final Cancellation child = parent.child();

    @Test
    void theFirstReasonStays() {
        parent.cancel("one");
        parent.cancel("two");

        assertThat(parent.reason().map(Problem::message)).contains("one");
    }

    @Test
    void aChildStopsWithItsParent() {
        parent.cancel("all");

        assertThat(child.isStopped()).isTrue();
        assertThat(child.reason().map(Problem::message)).contains("all");
        assertThat(parent.child().isStopped()).isTrue();
    }

    @Test
    void aChildStopsAloneAndKeepsItsReason() {
        child.cancel("one");

        assertThat(parent.isStopped()).isFalse();
        assertThat(parent.child().isStopped()).isFalse();
        parent.cancel("all");
        assertThat(child.reason().map(Problem::message)).contains("one");
    }
}
