package dev.replicator.engine;

import static dev.replicator.engine.BaselineTest.published;
import static dev.replicator.engine.StoppedRuns.KEEP;
import static dev.replicator.engine.StoppedRuns.stoppedAfter;
import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.report.Outcome;
import dev.replicator.store.Capability;
import dev.replicator.store.ObjectKey;
import dev.replicator.testkit.StoreOperation;
import dev.replicator.testkit.memory.MemoryOptions;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Metadata that others set stay theirs under {@code on-drift: keep}, whichever run was stopped before or after. */
class StoppedRunMetadataTest {
    private World world = new World();

    private void synced(MemoryOptions options) {
        world = StoppedRuns.synced(options);
    }

    private String visibility(String key) {
        return world.prod.get(key).orElseThrow().metadata().user().getOrDefault("custom:aclPolicy", "(none)");
    }

    static Stream<MemoryOptions> services() {
        return Stream.of(MemoryOptions.GCS_LIKE, MemoryOptions.GCS_LIKE.lacking(Capability.SERVER_SIDE_COPY));
    }

    @ParameterizedTest
    @MethodSource("services")
    void othersMetadataAreKeptThoughTheRunThatKeptThemWasStopped(MemoryOptions options) {
        synced(options);
        world.prod.retouch(ObjectKey.of("a/00003"), metadata -> metadata.withUser("custom:aclPolicy", "by hand"));
        world.clock.advance(Duration.ofHours(1));
        world.put(world.dev, "a/00003", "changed");
        world.put(world.dev, "a/00004", "changed");
        stoppedAfter(world, "a/00003", StoreOperation.WRITE);
        assertThat(published(world)).containsEntry("a/00003", "changed");
        assertThat(visibility("a/00003")).isEqualTo("by hand");
        world.put(world.dev, "a/00003", "changed once more");

        world.run(KEEP);

        assertThat(published(world)).containsEntry("a/00003", "changed once more");
        assertThat(visibility("a/00003")).isEqualTo("by hand");
    }

    /** The listings share no digest, so the object's own notes have to say whose it is. */
    @Test
    void othersMetadataAreKeptThoughOneHeadTellsWhoseTheObjectIs() {
        world = World.apart(
                MemoryOptions.S3_LIKE
                        .withVersions(MemoryOptions.Versions.OPAQUE)
                        .lacking(Capability.ETAGS),
                MemoryOptions.GCS_LIKE);
        world.fill(world.dev, "a/", 10);
        assertThat(world.run(KEEP).outcome()).isEqualTo(Outcome.SUCCEEDED);
        world.clock.advance(Duration.ofHours(1));
        world.prod.retouch(ObjectKey.of("a/00003"), metadata -> metadata.withUser("custom:aclPolicy", "by hand"));
        world.put(world.dev, "a/00003", "changed");
        stoppedAfter(world, "a/00003", StoreOperation.WRITE);
        world.put(world.dev, "a/00003", "changed once more");

        world.run(KEEP);

        assertThat(published(world)).containsEntry("a/00003", "changed once more");
        assertThat(visibility("a/00003")).isEqualTo("by hand");
    }

    /** The source's metadata changes alone after the stopped run: the hand-set ones stay. */
    @Test
    void othersMetadataAreKeptThoughOnlyTheSourcesMetadataChange() {
        synced(MemoryOptions.GCS_LIKE);
        world.prod.retouch(ObjectKey.of("a/00003"), metadata -> metadata.withUser("custom:aclPolicy", "by hand"));
        world.clock.advance(Duration.ofHours(1));
        world.put(world.dev, "a/00003", "changed");
        stoppedAfter(world, "a/00003", StoreOperation.WRITE);
        world.dev.retouch(ObjectKey.of("a/00003"), metadata -> metadata.withUser("custom:aclPolicy", "source"));
        world.run(KEEP);
        world.clock.advance(Duration.ofHours(1));
        world.run(KEEP);
        assertThat(visibility("a/00003")).isEqualTo("by hand");
    }

    /** Somebody changed the metadata of what a stopped run had written, before the next run came. */
    @Test
    void metadataThatOthersChangeAfterTheStoppedRunAreKept() {
        synced(MemoryOptions.GCS_LIKE);
        world.put(world.dev, "a/00003", "changed");
        stoppedAfter(world, "a/00003", StoreOperation.COPY, StoreOperation.WRITE);
        world.prod.retouch(ObjectKey.of("a/00003"), metadata -> metadata.withUser("custom:aclPolicy", "by hand"));
        world.put(world.dev, "a/00003", "changed once more");

        world.run(KEEP);

        assertThat(published(world)).containsEntry("a/00003", "changed once more");
        assertThat(visibility("a/00003")).isEqualTo("by hand");
    }

    /** The run after the stopped one has nothing to do with that key, and leaves a baseline. */
    @Test
    void metadataThatOthersChangeAfterTheStoppedRunAreKeptWhereNothingElseChanges() {
        synced(MemoryOptions.GCS_LIKE);
        world.put(world.dev, "a/00003", "changed");
        stoppedAfter(world, "a/00003", StoreOperation.COPY, StoreOperation.WRITE);
        world.prod.retouch(ObjectKey.of("a/00003"), metadata -> metadata.withUser("custom:aclPolicy", "by hand"));
        world.run(KEEP);
        world.put(world.dev, "a/00003", "changed once more");
        world.clock.advance(Duration.ofHours(1));
        world.run(KEEP);
        assertThat(visibility("a/00003")).isEqualTo("by hand");
    }
}
