package dev.replicator.execute;

import dev.replicator.store.BucketRef;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.digest.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A journal in a directory of this machine: a small file for each upload under way, one folder per bucket. Two-URI runs
 * take no lease, so a note also names its process: what a process that still lives is uploading is no leftover.
 */
public final class FileUploadJournal implements UploadJournal {
    private static final Logger log = LoggerFactory.getLogger(FileUploadJournal.class);

    private final Path folder;

    /** @param state directory for the program's state; made when first needed */
    public FileUploadJournal(Path state, BucketRef destination) {
        String bucket = destination.scheme() + " " + destination.endpoint() + " " + destination.bucket();
        folder = state.resolve("uploads").resolve(Sha256.hex(bucket.getBytes(StandardCharsets.UTF_8), 16));
    }

    @Override
    public void began(ObjectKey key, Optional<String> operation, Instant at) {
        try {
            Files.createDirectories(folder, forNobodyElse());
            Files.writeString(
                    file(key),
                    String.join(
                            "\n",
                            at.toString(),
                            HexFormat.of().formatHex(key.bytes()),
                            owner(),
                            operation.orElse(""),
                            ""));
        } catch (IOException e) {
            log.warn("the upload of {} can't be noted in {}: {}", key, folder, e.getMessage());
        }
    }

    /** Notes name keys. */
    private FileAttribute<?>[] forNobodyElse() {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
    }

    @Override
    public void ended(ObjectKey key) {
        try {
            Files.deleteIfExists(file(key));
        } catch (IOException e) {
            log.warn("the note of {} can't be removed from {}: {}", key, folder, e.getMessage());
        }
    }

    @Override
    public List<Entry> leftovers() {
        List<Entry> entries = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return entries;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                read(file, entries);
            }
        } catch (IOException e) {
            log.warn("unfinished uploads can't be read from {}: {}", folder, e.getMessage());
        }
        return entries;
    }

    /** A torn note is dropped: it names nothing that could be aborted. */
    private static void read(Path file, List<Entry> entries) throws IOException {
        List<String> lines = Files.readAllLines(file);
        try {
            if (isAlive(lines.get(2))) {
                return;
            }
            Optional<String> operation = lines.stream().skip(3).findFirst().filter(id -> !id.isEmpty());
            entries.add(new Entry(
                    ObjectKey.ofBytes(HexFormat.of().parseHex(lines.get(1))), operation, Instant.parse(lines.get(0))));
        } catch (RuntimeException e) {
            Files.deleteIfExists(file);
        }
    }

    /** This process, by number and start: numbers are used again. */
    private static String owner() {
        return nameOf(ProcessHandle.current());
    }

    private static boolean isAlive(String owner) {
        long pid = Long.parseLong(owner.substring(0, owner.indexOf('@')));
        return ProcessHandle.of(pid)
                .filter(process -> nameOf(process).equals(owner))
                .isPresent();
    }

    private static String nameOf(ProcessHandle process) {
        return process.pid() + "@"
                + process.info().startInstant().map(Instant::toString).orElse("");
    }

    private Path file(ObjectKey key) {
        return folder.resolve(Sha256.hex(key.bytes(), 16));
    }
}
