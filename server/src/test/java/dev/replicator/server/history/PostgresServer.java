package dev.replicator.server.history;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real PostgreSQL in a folder of its own, if this machine has one; it refuses root, so root starts it as another user. */
public final class PostgresServer implements AutoCloseable {
    /** Who may enter, without a password. */
    public static final String USER = "replicator";

    private static final long PATIENCE_SECONDS = 60;

    private final Path folder;
    private final Path programs;
    private final int port;

    private PostgresServer(Path folder, Path programs, int port) {
        this.folder = folder;
        this.programs = programs;
        this.port = port;
    }

    /** Starts one; empty when there is none on this machine. */
    public static Optional<PostgresServer> start() throws IOException, InterruptedException {
        Optional<Path> programs = programs();
        if (programs.isEmpty()) {
            return Optional.empty();
        }
        Path folder = Files.createTempDirectory(Path.of("/tmp"), "pg");
        int port = freePort();
        PostgresServer server = new PostgresServer(folder, programs.get(), port);
        if (isRoot()) {
            run(List.of("chown", "nobody", folder.toString()));
        }
        server.as("initdb", "-D", server.data(), "-U", USER, "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8", "-N");
        server.as(
                "pg_ctl",
                "-D",
                server.data(),
                "-w",
                "-l",
                folder.resolve("log").toString(),
                "-o",
                "-p " + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories=" + folder
                        + " -c fsync=off -c max_connections=60",
                "start");
        return Optional.of(server);
    }

    private static Optional<Path> programs() throws IOException {
        List<Path> places = new ArrayList<>();
        if (Files.isDirectory(Path.of("/usr/lib/postgresql"))) {
            try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
                versions.map(version -> version.resolve("bin")).sorted().forEach(places::add);
            }
        }
        places.add(Path.of("/usr/local/bin"));
        places.add(Path.of("/usr/bin"));
        return places.stream()
                .filter(place -> Files.isExecutable(place.resolve("initdb")))
                .filter(place -> Files.isExecutable(place.resolve("pg_ctl")))
                .findFirst();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean isRoot() {
        return System.getProperty("user.name", "").equals("root");
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    /** Where its database is. */
    public String url() {
        return url(port);
    }

    /** The same over another port of 127.0.0.1. */
    public static String url(int port) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    public int port() {
        return port;
    }

    private void as(String program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"));
        }
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments));
        run(command);
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        Path said = Files.createTempFile("postgres", ".txt");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(new java.io.File("/"))
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException(command + " failed: " + Files.readString(said));
            }
        } finally {
            Files.deleteIfExists(said);
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        as("pg_ctl", "-D", data(), "-m", "immediate", "-w", "stop");
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
