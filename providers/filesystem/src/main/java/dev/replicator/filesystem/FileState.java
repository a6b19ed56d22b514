package dev.replicator.filesystem;

import dev.replicator.store.Version;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;

/**
 * What tells one content of a file from another: size in bytes, modification time in ns, and the inode, by which a file
 * that was replaced shows even with equal size and time. A filesystem's device number changes between mounts and is left
 * out.
 */
record FileState(long size, Instant modified, long inode) {
    static FileState of(BasicFileAttributes attributes) {
        return new FileState(attributes.size(), attributes.lastModifiedTime().toInstant(), inode(attributes));
    }

    /** {@code size-seconds.nanos-inode}. */
    Version version() {
        return new Version(token());
    }

    String token() {
        return token(size, modified.getEpochSecond(), modified.getNano(), inode);
    }

    static String token(long size, long seconds, int nanos, long inode) {
        return size + "-" + seconds + "." + nanos + "-" + Long.toUnsignedString(inode);
    }

    /** From the JDK's {@code (dev=fe00,ino=12)}; else whatever key there is. */
    static long inode(BasicFileAttributes attributes) {
        Object key = attributes.fileKey();
        if (key == null) {
            return 0;
        }
        String text = key.toString();
        int from = text.indexOf("ino=");
        if (from < 0) {
            return key.hashCode();
        }
        long inode = 0;
        for (int i = from + 4; i < text.length() && Character.isDigit(text.charAt(i)); i++) {
            inode = inode * 10 + (text.charAt(i) - '0');
        }
        return inode;
    }
}
