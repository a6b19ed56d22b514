package dev.replicator.testkit.s3.checksum;

import java.io.OutputStream;

/** A stream that swallows bytes and knows their digest. */
public abstract class Digester extends OutputStream {
    /** The digest of all bytes so far; ends the digester's use. */
    public abstract byte[] digest();

    @Override
    public abstract void write(byte[] bytes, int offset, int length);

    @Override
    public final void write(int value) {
        write(new byte[] {(byte) value}, 0, 1);
    }
}
