package dev.replicator.filesystem;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * File names as the bytes they are on disk, whatever locale the process was started in.
 *
 * <p>The JDK decodes and encodes names by {@code sun.jnu.encoding}: under {@code LC_ALL=C} it can't even spell {@code
 * é}, and a name that is not UTF-8 loses bytes in {@link Path#toString}. A file URI, though, carries a Unix path's bytes
 * as they are, both ways (JDK sources, {@code sun.nio.fs.UnixUriUtils}); names that strings can't carry go that way.
 */
final class Names {
    private static final boolean JVM_SPEAKS_UTF8 = System.getProperty("sun.jnu.encoding", "")
            .toUpperCase(Locale.ROOT)
            .replace("-", "")
            .equals("UTF8");

    private final FileSystem fileSystem;
    private final boolean urisCarryBytes;

    Names(FileSystem fileSystem) {
        this.fileSystem = fileSystem;
        this.urisCarryBytes = fileSystem.equals(FileSystems.getDefault())
                && fileSystem.getSeparator().equals("/");
    }

    /**
     * The relative path of one name.
     *
     * @throws InvalidPathException when this filesystem has no such name
     */
    Path path(String name) {
        if (!urisCarryBytes || JVM_SPEAKS_UTF8 || isAscii(name)) {
            return fileSystem.getPath(name);
        }
        Path absolute = Path.of(URI.create("file:///" + percentEncoded(name.getBytes(StandardCharsets.UTF_8))));
        return absolute.getFileName();
    }

    /** The bytes of the path's last name. */
    byte[] bytes(Path path) {
        String text = String.valueOf(path.getFileName());
        if (!urisCarryBytes || (JVM_SPEAKS_UTF8 ? text.indexOf('\uFFFD') < 0 : isAscii(text))) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        String uri = path.toUri().getRawPath();
        int end = uri.endsWith("/") ? uri.length() - 1 : uri.length();
        return percentDecoded(uri.substring(uri.lastIndexOf('/', end - 1) + 1, end));
    }

    static boolean isUtf8(byte[] bytes) {
        try {
            CharBuffer unused = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** Bytes that aren't UTF-8, made readable: everything beyond ASCII becomes {@code \xHH}. */
    static byte[] escaped(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length + 8);
        for (byte b : bytes) {
            if (b >= 0) {
                text.append((char) b);
            } else {
                text.append(String.format("\\x%02X", b));
            }
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    static boolean isAscii(byte[] bytes) {
        for (byte b : bytes) {
            if (b < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    private static String percentEncoded(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length * 3);
        for (byte b : bytes) {
            text.append(String.format("%%%02X", b));
        }
        return text.toString();
    }

    private static byte[] percentDecoded(String text) {
        byte[] bytes = new byte[text.length()];
        int count = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                bytes[count++] = (byte) Integer.parseInt(text.substring(i + 1, i + 3), 16);
                i += 2;
            } else {
                bytes[count++] = (byte) c;
            }
        }
        return Arrays.copyOf(bytes, count);
    }
}
