package dev.replicator.testkit.objects;

import dev.replicator.testkit.http.Payload;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** An object's bytes, immutable: held, generated on demand, or joined from parts. Slices share what they slice. */
public sealed interface Content extends Payload {
    /** The bytes {@code [from, from + count)}, which must lie within. */
    Content slice(long from, long count);

    /** How many of the bytes are generated and not held. */
    long generated();

    /** Holds the array itself, which must not change any more. */
    static Content of(byte[] bytes) {
        return new Held(bytes, 0, bytes.length);
    }

    /** {@code length} bytes generated from a seed; takes no memory. */
    static Content synthetic(long seed, long length) {
        return new Generated(seed, 0, length);
    }

    /** Parts one after the other. */
    static Content joined(List<Content> parts) {
        return parts.size() == 1 ? parts.get(0) : new Joined(parts);
    }

    /** Bytes in memory. */
    final class Held implements Content {
        private final byte[] bytes;
        private final int from;
        private final int count;

        Held(byte[] bytes, int from, int count) {
            this.bytes = bytes;
            this.from = from;
            this.count = count;
        }

        @Override
        public long length() {
            return count;
        }

        @Override
        public long generated() {
            return 0;
        }

        @Override
        public Content slice(long start, long size) {
            return new Held(bytes, from + Math.toIntExact(start), Math.toIntExact(size));
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            out.write(bytes, from, count);
        }
    }

    /** Bytes that are a function of their position and a seed. */
    record Generated(long seed, long from, long length) implements Content {
        @Override
        public long generated() {
            return length;
        }

        @Override
        public Content slice(long start, long size) {
            return new Generated(seed, from + start, size);
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            byte[] buffer = new byte[(int) Math.min(length, 64 * 1024)];
            for (long done = 0; done < length; done += buffer.length) {
                int count = (int) Math.min(buffer.length, length - done);
                for (int i = 0; i < count; i++) {
                    buffer[i] = at(from + done + i);
                }
                out.write(buffer, 0, count);
            }
        }

        private byte at(long position) {
            long word = (position >>> 3) * 0x9E3779B97F4A7C15L + seed;
            word = (word ^ (word >>> 29)) * 0xBF58476D1CE4E5B9L;
            return (byte) (word >>> (8 * (position & 7)));
        }
    }

    /** Contents in a row. */
    record Joined(List<Content> parts, long length) implements Content {
        public Joined {
            parts = List.copyOf(parts);
        }

        Joined(List<Content> parts) {
            this(parts, parts.stream().mapToLong(Content::length).sum());
        }

        @Override
        public long generated() {
            return parts.stream().mapToLong(Content::generated).sum();
        }

        @Override
        public Content slice(long start, long size) {
            List<Content> slices = new ArrayList<>();
            long position = 0;
            for (Content part : parts) {
                long first = Math.max(start, position);
                long end = Math.min(start + size, position + part.length());
                if (first < end) {
                    slices.add(part.slice(first - position, end - first));
                }
                position += part.length();
            }
            return joined(slices);
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            for (Content part : parts) {
                part.writeTo(out);
            }
        }
    }
}
