package dev.replicator.testkit.wire;

import dev.replicator.testkit.http.ConnectionCut;
import dev.replicator.testkit.http.Pause;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;

/** Streams that harm what goes through them; each knows how many bytes went before. */
abstract class TamperedOutput extends OutputStream {
    private final OutputStream out;
    private long position;

    TamperedOutput(OutputStream out) {
        this.out = out;
    }

    static OutputStream wrap(WireFault fault, OutputStream out, Pause pause) {
        if (fault instanceof WireFault.Truncate truncate) {
            return new Cut(out, truncate);
        }
        if (fault instanceof WireFault.StallBody stall) {
            return new Stalled(out, stall, pause);
        }
        if (fault instanceof WireFault.SlowBody slow) {
            return new Slow(out, slow.bytesPerSecond(), pause);
        }
        if (fault instanceof WireFault.FlipBit flip) {
            return new Flipped(out, flip.offset());
        }
        return out;
    }

    @Override
    public final void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public final void write(byte[] bytes, int offset, int length) throws IOException {
        harm(bytes, offset, length, position);
        position += length;
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    /** Passes on these bytes, the first of which is at {@code position} of the body, as the fault wants it. */
    abstract void harm(byte[] bytes, int offset, int length, long position) throws IOException;

    final void pass(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
    }

    private static final class Cut extends TamperedOutput {
        private final WireFault.Truncate fault;

        Cut(OutputStream out, WireFault.Truncate fault) {
            super(out);
            this.fault = fault;
        }

        @Override
        void harm(byte[] bytes, int offset, int length, long position) throws IOException {
            long left = fault.afterBytes() - position;
            pass(bytes, offset, (int) Math.min(length, left));
            if (left <= length) {
                flush();
                throw new ConnectionCut(fault.ending());
            }
        }
    }

    private static final class Stalled extends TamperedOutput {
        private final WireFault.StallBody fault;
        private final Pause pause;

        Stalled(OutputStream out, WireFault.StallBody fault, Pause pause) {
            super(out);
            this.fault = fault;
            this.pause = pause;
        }

        @Override
        void harm(byte[] bytes, int offset, int length, long position) throws IOException {
            long before = fault.afterBytes() - position;
            if (before < 0 || before >= length) {
                pass(bytes, offset, length);
                return;
            }
            pass(bytes, offset, (int) before);
            flush();
            pause.await(fault.duration());
            pass(bytes, offset + (int) before, length - (int) before);
        }
    }

    private static final class Slow extends TamperedOutput {
        private static final int STEPS_PER_SECOND = 20;

        private final long bytesPerSecond;
        private final Pause pause;

        Slow(OutputStream out, long bytesPerSecond, Pause pause) {
            super(out);
            this.bytesPerSecond = bytesPerSecond;
            this.pause = pause;
        }

        @Override
        void harm(byte[] bytes, int offset, int length, long position) throws IOException {
            int step = (int) Math.max(1, Math.min(1 << 20, bytesPerSecond / STEPS_PER_SECOND));
            for (int done = 0; done < length; done += step) {
                int count = Math.min(step, length - done);
                pass(bytes, offset + done, count);
                flush();
                pause.await(Duration.ofNanos(1_000_000_000L * count / bytesPerSecond));
            }
        }
    }

    private static final class Flipped extends TamperedOutput {
        private final long at;

        Flipped(OutputStream out, long at) {
            super(out);
            this.at = at;
        }

        @Override
        void harm(byte[] bytes, int offset, int length, long position) throws IOException {
            if (at < position || at >= position + length) {
                pass(bytes, offset, length);
                return;
            }
            byte[] flipped = Arrays.copyOfRange(bytes, offset, offset + length);
            flipped[(int) (at - position)] ^= 1;
            pass(flipped, 0, length);
        }
    }
}
