package dev.replicator.s3;

import dev.replicator.store.ObjectBody;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.StaleObjectException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;

/** A local file of a size and time that were seen before; its streams check the time before their last bytes. */
record PinnedFile(Path path, long size, FileTime seen, ObjectMetadata metadata) implements ObjectBody {
    @Override
    public InputStream open() {
        return open(0, size);
    }

    @Override
    public InputStream open(long offset, long length) {
        try {
            FileChannel channel = FileChannel.open(path).position(offset);
            return new Pinned(Channels.newInputStream(channel), length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void check() throws IOException {
        if (!Files.getLastModifiedTime(path).equals(seen)) {
            throw new StaleObjectException("the file changed");
        }
    }

    private final class Pinned extends FilterInputStream {
        private long left;

        Pinned(InputStream in, long length) {
            super(in);
            left = length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = left == 0 ? -1 : in.read(target, offset, (int) Math.min(left, length));
            left -= Math.max(0, count);
            if (left == 0) {
                check();
            }
            return count;
        }
    }

    @Override
    public Optional<Path> file() {
        return Optional.of(path);
    }
}
