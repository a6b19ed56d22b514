package dev.replicator.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends bytes as they are, which no client would. */
public final class RawHttp {
    private static final Logger log = LoggerFactory.getLogger(RawHttp.class);
    private static final int PATIENCE_MILLIS = 10_000;

    private RawHttp() {}

    /**
     * The whole answer, until the server closes or has told a body of the length that it said. A server that has heard
     * enough answers and closes while more is being sent.
     */
    public static String send(URI server, String request) throws IOException {
        try (Socket socket = connected(server)) {
            try {
                socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
                socket.getOutputStream().flush();
            } catch (SocketException e) {
                log.debug("not all was sent", e);
            }
            return read(socket.getInputStream());
        }
    }

    public static Socket connected(URI server) throws IOException {
        Socket socket = new Socket(server.getHost(), server.getPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    private static String read(InputStream stream) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        try {
            for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
                bytes.write(buffer, 0, read);
                if (isWhole(bytes.toString(StandardCharsets.ISO_8859_1))) {
                    break;
                }
            }
        } catch (SocketTimeoutException e) {
            throw new IOException("no whole answer in time: " + bytes, e);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static boolean isWhole(String answer) {
        int end = answer.indexOf("\r\n\r\n");
        if (end < 0) {
            return false;
        }
        for (String line : answer.substring(0, end).split("\r\n")) {
            if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
                int length = Integer.parseInt(line.substring(15).strip());
                return answer.length() >= end + 4 + length;
            }
        }
        return false;
    }

    /** The status of an answer; 0 where there is none. */
    public static int status(String answer) {
        return answer.startsWith("HTTP/1.") ? Integer.parseInt(answer.substring(9, 12)) : 0;
    }
}
