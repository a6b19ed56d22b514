package dev.replicator.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A wire between a client and a server that can be cut, or go silent. Thread-safe. */
public final class Relay implements AutoCloseable {
    private final ServerSocket door;
    private final int server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;
    private volatile boolean silent;

    private Relay(ServerSocket door, int server) {
        this.door = door;
        this.server = server;
    }

    /** @param server the port of 127.0.0.1 at which it listens */
    public static Relay to(int server) throws IOException {
        Relay relay = new Relay(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), server);
        daemon(relay::accept);
        return relay;
    }

    /** The port of 127.0.0.1 through which it is reached. */
    public int port() {
        return door.getLocalPort();
    }

    /** Breaks every connection, and each new one, until it is mended. */
    public void cut() {
        cut = true;
        open.forEach(Relay::close);
    }

    /** Keeps every connection open, takes new ones, and loses every byte, until it is mended. */
    public void silence() {
        silent = true;
    }

    public void mend() {
        cut = false;
        silent = false;
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                Optional<Socket> reached = cut ? Optional.empty() : connected();
                if (reached.isEmpty()) {
                    close(client);
                    continue;
                }
                Socket there = reached.get();
                open.add(client);
                open.add(there);
                daemon(() -> pass(client, there));
                daemon(() -> pass(there, client));
            } catch (IOException e) {
                if (!door.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private Optional<Socket> connected() {
        try {
            return Optional.of(new Socket(InetAddress.getLoopbackAddress(), server));
        } catch (IOException e) {
            return Optional.empty(); // The client sees a connection that is closed at once.
        }
    }

    private void pass(Socket from, Socket to) {
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            byte[] bytes = new byte[8_192];
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                if (!silent) {
                    out.write(bytes, 0, read);
                }
            }
        } catch (IOException e) {
            // Either side hung up, or the wire was cut.
        } finally {
            close(from);
            close(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "relay");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        door.close();
        cut();
    }
}
