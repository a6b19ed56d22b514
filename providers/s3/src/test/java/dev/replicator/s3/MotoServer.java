package dev.replicator.s3;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Moto's S3 on a free port, where this machine's Python has it. */
final class MotoServer implements AutoCloseable {
    private static final Pattern ADDRESS = Pattern.compile("Running on (http://127\\.0\\.0\\.1:\\d+)");

    private final Process process;
    private final URI endpoint;

    private MotoServer(Process process, URI endpoint) {
        this.process = process;
        this.endpoint = endpoint;
    }

    static boolean isAvailable() {
        try {
            Process process = new ProcessBuilder("python3", "-c", "import moto.server")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            boolean ended = process.waitFor(30, TimeUnit.SECONDS);
            process.destroyForcibly();
            return ended && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    static MotoServer start() {
        try {
            ProcessBuilder builder =
                    new ProcessBuilder("python3", "-u", "-m", "moto.server", "-H", "127.0.0.1", "-p", "0");
            Process process = builder.redirectErrorStream(true).start();
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            StringBuilder said = new StringBuilder();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                said.append(line).append('\n');
                Matcher address = ADDRESS.matcher(line);
                if (address.find()) {
                    drain(lines);
                    return new MotoServer(process, URI.create(address.group(1)));
                }
            }
            throw new IllegalStateException("moto did not start:\n" + said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its access log would fill the pipe and stop it. */
    private static void drain(BufferedReader lines) {
        Thread reader = new Thread(() -> lines.lines().forEach(line -> {}), "moto-log");
        reader.setDaemon(true);
        reader.start();
    }

    URI endpoint() {
        return endpoint;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
