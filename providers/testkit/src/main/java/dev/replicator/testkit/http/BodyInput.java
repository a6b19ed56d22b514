package dev.replicator.testkit.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** A request's body: asks for it (100 Continue) when it is first read, and ends where its framing says. */
abstract sealed class BodyInput extends InputStream {
    private final Request askForBody;
    private boolean asked;

    BodyInput(Request askForBody) {
        this.askForBody = askForBody;
    }

    /** Something to do once that may fail for the connection's reasons. */
    interface Request {
        void run() throws IOException;
    }

    @Override
    public final int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public final int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!asked) {
            asked = true;
            askForBody.run();
        }
        return next(target, offset, length);
    }

    /** Whether nothing of the body is left on the connection. */
    abstract boolean finished();

    abstract int next(byte[] target, int offset, int length) throws IOException;

    /** Whether reading was never begun. */
    final boolean untouched() {
        return !asked;
    }

    /** A body of exactly so many bytes. */
    static final class Sized extends BodyInput {
        private final ConnectionInput in;
        private long left;

        Sized(ConnectionInput in, long length, Request askForBody) {
            super(askForBody);
            this.in = in;
            this.left = length;
        }

        @Override
        boolean finished() {
            return left == 0;
        }

        @Override
        int next(byte[] target, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int count = in.read(target, offset, (int) Math.min(length, left));
            if (count < 0) {
                throw new EOFException("connection ended within a body");
            }
            left -= count;
            return count;
        }
    }

    /** A body in chunks, whose own trailer fields are read and dropped. */
    static final class Chunked extends BodyInput {
        private final ConnectionInput in;
        private long left;
        private boolean first = true;
        private boolean finished;

        Chunked(ConnectionInput in, Request askForBody) {
            super(askForBody);
            this.in = in;
        }

        @Override
        boolean finished() {
            return finished;
        }

        @Override
        int next(byte[] target, int offset, int length) throws IOException {
            if (finished) {
                return -1;
            }
            if (left == 0 && !nextChunk()) {
                return -1;
            }
            int count = in.read(target, offset, (int) Math.min(length, left));
            if (count < 0) {
                throw new EOFException("connection ended within a chunk");
            }
            left -= count;
            return count;
        }

        private boolean nextChunk() throws IOException {
            if (!first && !in.line(2).isEmpty()) {
                throw new MalformedRequest("chunk without its line end");
            }
            first = false;
            left = size(in.line(1024));
            if (left > 0) {
                return true;
            }
            RequestParser.headers(in);
            finished = true;
            return false;
        }

        private static long size(String line) throws MalformedRequest {
            int semicolon = line.indexOf(';');
            String digits = (semicolon < 0 ? line : line.substring(0, semicolon)).trim();
            if (!digits.matches("[0-9a-fA-F]{1,15}")) {
                throw new MalformedRequest("bad chunk size");
            }
            return Long.parseLong(digits, 16);
        }
    }
}
