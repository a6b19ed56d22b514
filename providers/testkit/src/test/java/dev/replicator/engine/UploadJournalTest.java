package dev.replicator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.execute.FileUploadJournal;
import dev.replicator.execute.StoreUploadJournal;
import dev.replicator.execute.UploadJournal;
import dev.replicator.execute.UploadJournal.Entry;
import dev.replicator.store.BucketRef;
import dev.replicator.store.ByteArrayBody;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Precondition;
import dev.replicator.store.WriteOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is noted of uploads in parts is found by the next run, whatever their keys are. */
class UploadJournalTest {
    private static final Optional<String> RUN = Optional.of("run-1/7");

    private final World world = new World();
    private final ObjectStore control = world.replicator.openControl(World.job().withName("media"));

    @ParameterizedTest
    @ValueSource(ints = {1, 400, 401, 1_024})
    void aBucketRemembersAKeyOfAnyLengthUntilItsUploadEnds(int length) {
        ObjectKey key = ObjectKey.of("k".repeat(length - 1) + "\u0001");
        UploadJournal journal = new StoreUploadJournal(control);

        journal.began(key, RUN, Instant.EPOCH);
        journal.began(ObjectKey.of("other"), Optional.empty(), Instant.EPOCH);

        assertThat(new StoreUploadJournal(control).leftovers())
                .extracting(Entry::key)
                .containsExactlyInAnyOrder(key, ObjectKey.of("other"));
        assertThat(journal.leftovers()).extracting(Entry::operation).containsExactlyInAnyOrder(RUN, Optional.empty());
        journal.ended(key);
        assertThat(journal.leftovers()).extracting(Entry::key).containsExactly(ObjectKey.of("other"));
    }

    @Test
    void whatIsNoNoteIsNoLeftoverAndIsDropped() {
        new StoreUploadJournal(control).began(ObjectKey.of("other"), RUN, Instant.EPOCH);
        control.write(
                ObjectKey.of("uploads/6b6579"),
                ByteArrayBody.of("6b6579\nrun-1/7\n".getBytes()),
                WriteOptions.of(Precondition.none()));
        control.write(
                ObjectKey.of("uploads/torn"), ByteArrayBody.of(new byte[0]), WriteOptions.of(Precondition.none()));

        assertThat(new StoreUploadJournal(control).leftovers())
                .extracting(Entry::key)
                .containsExactly(ObjectKey.of("other"));

        assertThat(control.head(ObjectKey.of("uploads/6b6579"))).isEmpty();
        assertThat(control.head(ObjectKey.of("uploads/torn"))).isEmpty();
        assertThat(new StoreUploadJournal(control).leftovers()).hasSize(1);
    }

    /** A note of a process that is gone. */
    @Test
    void aDirectoryRemembersTheWrite(@TempDir Path state) throws IOException {
        BucketRef bucket = control.bucket();
        FileUploadJournal journal = new FileUploadJournal(state, bucket);
        ObjectKey key = ObjectKey.of("k".repeat(1_000));
        journal.began(key, RUN, Instant.EPOCH);
        assertThat(journal.leftovers()).as("this process lives").isEmpty();

        Path folder = Files.list(state.resolve("uploads")).findFirst().orElseThrow();
        Path note = Files.list(folder).findFirst().orElseThrow();
        Files.writeString(note, Files.readString(note).replaceFirst("\n\\d+@[^\n]*\n", "\n1@never\n"));

        assertThat(journal.leftovers()).containsExactly(new Entry(key, RUN, Instant.EPOCH));
    }
}
