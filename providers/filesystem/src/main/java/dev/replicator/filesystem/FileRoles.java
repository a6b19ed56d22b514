package dev.replicator.filesystem;

import dev.replicator.store.BucketCreation;
import dev.replicator.store.KeyRules;
import dev.replicator.store.MetadataRules;
import dev.replicator.store.MetadataUpdate;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.Overlap;
import dev.replicator.store.RequestForecast;
import dev.replicator.store.RequestKind;
import dev.replicator.store.StoreClock;
import dev.replicator.store.StoreContext;
import dev.replicator.store.Tags;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What a directory can do beside being a store. */
final class FileRoles {
    private final Tree tree;
    private final Path root;
    private final Names names;
    private final StoreContext context;
    private final MetadataUpdate update;
    private final Runnable checkOpen;

    /** @param checkOpen throws once the store is closed */
    FileRoles(Tree tree, Names names, StoreContext context, MetadataUpdate update, Runnable checkOpen) {
        this.update = update;
        this.tree = tree;
        this.root = tree.root();
        this.names = names;
        this.context = context;
        this.checkOpen = checkOpen;
    }

    <R> Optional<R> find(Class<R> role) {
        if (role == StoreClock.class) {
            return Optional.of(role.cast(new LocalClock(context)));
        }
        if (role == Tags.class) {
            Tags tags = this::tags;
            return Optional.of(role.cast(tags));
        }
        if (role == BucketCreation.class) {
            BucketCreation creation = this::create;
            return Optional.of(role.cast(creation));
        }
        if (role == Overlap.class) {
            Overlap overlap = (here, other, there) -> MountedPlaces.now()
                    .nested(
                            root.resolve(here.text()),
                            root.resolveSibling(other.bucket()).resolve(there.text()));
            return Optional.of(role.cast(overlap));
        }
        if (role == RequestForecast.class) {
            return Optional.of(role.cast(new FileForecast()));
        }
        if (role == MetadataRules.class) {
            return Optional.of(role.cast(new MetadataRoom(root)));
        }
        if (role == MetadataUpdate.class) {
            MetadataUpdate open = (seen, wanted, precondition) -> {
                checkOpen.run();
                return update.update(seen, wanted, precondition);
            };
            return Optional.of(role.cast(open));
        }
        if (role == KeyRules.class) {
            KeyRules rules = key -> SafePath.refusal(key, root, names);
            return Optional.of(role.cast(rules));
        }
        return Optional.empty();
    }

    private Map<String, String> tags(ObjectKey key) {
        checkOpen.run();
        context.meter().count(RequestKind.TAGS);
        try {
            tree.checkRoot();
            Optional<SafePath> path = SafePath.find(key, root, names);
            Optional<Place> found = path.isEmpty() ? Optional.empty() : tree.find(path.get());
            try (Place place = found.orElseThrow(FileRoles::absent)) {
                if (place.stat().isEmpty()) {
                    throw absent();
                }
                return FileMetadata.find(place.path())
                        .map(kept -> kept.metadata().tags())
                        .orElse(Map.of());
            }
        } catch (IOException e) {
            throw FileErrors.translate("read the tags of", root, key.text(), e);
        }
    }

    private static FileProblem absent() {
        return new FileProblem(FileProblem.Kind.ABSENT, "no such file");
    }

    private void create() {
        checkOpen.run();
        try {
            tree.makeRoot();
            tree.checkRoot();
        } catch (IOException e) {
            throw FileErrors.translate("create", root, "the directory", e);
        }
    }

    /** The machine's clock stamps files, so its time is the store's. Hosts that share a directory must agree on time. */
    private record LocalClock(StoreContext context) implements StoreClock {
        @Override
        public Instant now() {
            return context.clock().instant();
        }

        @Override
        public Duration offset() {
            return Duration.ZERO;
        }
    }
}
