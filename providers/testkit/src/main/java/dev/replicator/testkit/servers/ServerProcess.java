package dev.replicator.testkit.servers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** A server on a free port of this machine. Such servers don't tell which port they took, so one is found for them. */
final class ServerProcess implements AutoCloseable {
    private static final int TRIES = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Map<List<String>, List<String>> OUTPUTS = new ConcurrentHashMap<>();

    private final Process process;
    private final URI endpoint;

    private ServerProcess(Process process, URI endpoint) {
        this.process = process;
        this.endpoint = endpoint;
    }

    /**
     * Starts what {@code command} says for a port; another one where that was taken meanwhile.
     *
     * @param probe path that any answer to shows that it serves
     */
    static ServerProcess start(String probe, IntFunction<List<String>> command) {
        StringBuilder said = new StringBuilder();
        for (int i = 0; i < TRIES; i++) {
            int port = freePort();
            try {
                Process process = new ProcessBuilder(command.apply(port))
                        .redirectErrorStream(true)
                        .start();
                drain(process, said);
                URI endpoint = URI.create("http://127.0.0.1:" + port);
                if (answers(process, endpoint.resolve(probe))) {
                    return new ServerProcess(process, endpoint);
                }
                process.destroyForcibly();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        throw new IllegalStateException("the server did not start:\n" + said);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void drain(Process process, StringBuilder said) {
        Thread reader = new Thread(
                () -> {
                    BufferedReader lines =
                            new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
                    lines.lines().forEach(line -> {
                        if (said.length() < 4_096) {
                            said.append(line).append('\n');
                        }
                    });
                },
                "server-log");
        reader.setDaemon(true);
        reader.start();
    }

    private static boolean answers(Process process, URI probe) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (process.isAlive() && System.nanoTime() < deadline) {
            try {
                HttpURLConnection connection = (HttpURLConnection) probe.toURL().openConnection();
                connection.setConnectTimeout(5_000);
                connection.setReadTimeout(5_000);
                return connection.getResponseCode() > 0;
            } catch (ConnectException | SocketTimeoutException e) {
                if (!waited(process)) {
                    return false;
                }
            } catch (IOException e) {
                return false;
            }
        }
        return false;
    }

    /** Whether the process still lived after a moment. */
    private static boolean waited(Process process) {
        try {
            return !process.waitFor(50, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    URI endpoint() {
        return endpoint;
    }

    /** What {@code command} prints, a line each; empty when it fails. Run once in this process: what is installed stays. */
    static List<String> output(String... command) {
        return OUTPUTS.computeIfAbsent(List.of(command), asked -> printed(command));
    }

    private static List<String> printed(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            List<String> lines = new ArrayList<>();
            try (BufferedReader reader =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                reader.lines().forEach(lines::add);
            }
            boolean ended = process.waitFor(30, TimeUnit.SECONDS);
            return ended && process.exitValue() == 0 ? lines : List.of();
        } catch (IOException e) {
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
