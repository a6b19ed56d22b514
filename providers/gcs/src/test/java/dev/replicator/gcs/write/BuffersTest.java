package dev.replicator.gcs.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.gcs.client.Call;
import dev.replicator.store.TransientStoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BuffersTest {
    private static final Call CALL = Call.of("write", "photos");
    private static final int MIB = 1 << 20;

    @Test
    void holdsNoMoreThanTheLimitAtOnce() throws Exception {
        Buffers buffers = new Buffers(3 * MIB);
        AtomicInteger held = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Integer>> uses = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                uses.add(threads.submit(() -> buffers.lend(CALL, MIB - 1, buffer -> {
                    most.accumulateAndGet(held.addAndGet(buffer.length), Math::max);
                    Thread.yield();
                    return held.addAndGet(-buffer.length);
                })));
            }
            for (Future<Integer> use : uses) {
                use.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(most.get()).isBetween(MIB - 1, 3 * MIB);
        assertThat(held.get()).isZero();
    }

    @Test
    void holdsOneThatIsLargerThanTheLimitAlone() {
        Buffers buffers = new Buffers(1);

        for (int i = 0; i < 3; i++) {
            assertThat(buffers.<Integer>lend(CALL, Buffers.LARGEST, buffer -> buffer.length))
                    .isEqualTo(Buffers.LARGEST);
        }
    }

    @Test
    void givesBackWhatAFailedUseHeld() {
        Buffers buffers = new Buffers(MIB);
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> buffers.lend(CALL, MIB, buffer -> {
                        throw new IllegalStateException("failed");
                    }))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void endsAWaitWhenInterrupted() {
        Buffers buffers = new Buffers(MIB);
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> buffers.lend(CALL, MIB, buffer -> buffer)).isInstanceOf(TransientStoreException.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
