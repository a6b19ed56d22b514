package dev.replicator.testkit.contract;

import dev.replicator.store.BucketRef;
import dev.replicator.store.MetadataLimits;
import dev.replicator.store.MetadataRules;
import dev.replicator.store.MetadataUpdate;
import dev.replicator.store.ObjectBody;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Precondition;
import dev.replicator.store.StaleObjectException;
import dev.replicator.store.WriteOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Stores that are wrong about metadata. */
final class MetadataVillains {
    private MetadataVillains() {}

    private static ObjectStore updating(ObjectStore honest, MetadataUpdate villain) {
        return new WrappedStore(honest) {
            @Override
            public <R> Optional<R> role(Class<R> role) {
                return role == MetadataUpdate.class ? Optional.of(role.cast(villain)) : super.role(role);
            }
        };
    }

    private static ObjectStore ruling(ObjectStore honest, MetadataRules villain) {
        return new WrappedStore(honest) {
            @Override
            public ObjectMeta write(ObjectKey key, ObjectBody body, WriteOptions options) {
                Map<String, String> cut = new HashMap<>(options.metadata().user());
                cut.values().removeIf(value -> value.length() > 1_000);
                return super.write(
                        key, body, options.withMetadata(options.metadata().withUser(cut)));
            }

            @Override
            public <R> Optional<R> role(Class<R> role) {
                return role == MetadataRules.class ? Optional.of(role.cast(villain)) : super.role(role);
            }
        };
    }

    private static MetadataUpdate honestly(ObjectStore store) {
        return store.role(MetadataUpdate.class).orElseThrow();
    }

    static ObjectStore updatingWhateverIsThere(ObjectStore honest) {
        return updating(honest, (seen, metadata, precondition) -> {
            ObjectMeta now = honest.head(seen.key()).orElse(seen);
            return honestly(honest).update(now, metadata, Precondition.none());
        });
    }

    static ObjectStore merging(ObjectStore honest) {
        return updating(honest, (seen, metadata, precondition) -> {
            Map<String, String> merged =
                    new HashMap<>(seen.metadata().map(ObjectMetadata::user).orElse(Map.of()));
            merged.putAll(metadata.user());
            return honestly(honest).update(seen, metadata.withUser(merged), precondition);
        });
    }

    static ObjectStore losingTags(ObjectStore honest) {
        return updating(honest, (seen, metadata, precondition) -> {
            byte[] bytes = Bytes.read(honest, seen);
            return Bytes.write(honest, seen.key(), bytes, metadata);
        });
    }

    static ObjectStore promisingTooMuch(ObjectStore honest) {
        return ruling(honest, MetadataLimits.NONE);
    }

    static ObjectStore hidingLosses(ObjectStore honest) {
        return ruling(
                honest,
                wanted -> new MetadataRules.Fitted(
                        MetadataLimits.NONE.withMostUserBytes(900).fit(wanted).kept(), List.of()));
    }

    /** Holds to versions, which do not tell of metadata. */
    static ObjectStore mindingContentAlone(ObjectStore honest) {
        return new WrappedStore(honest) {
            @Override
            public ObjectMeta write(ObjectKey key, ObjectBody body, WriteOptions options) {
                return honest.write(key, body, options.withPrecondition(ofContent(options.precondition())));
            }

            @Override
            public ObjectMeta copyFrom(BucketRef source, ObjectMeta object, ObjectKey key, WriteOptions options) {
                return honest.copyFrom(
                        source, object, key, options.withPrecondition(ofContent(options.precondition())));
            }

            @Override
            public void delete(ObjectKey key, Precondition precondition) {
                honest.delete(key, ofContent(precondition));
            }
        };
    }

    private static Precondition ofContent(Precondition precondition) {
        return precondition instanceof Precondition.Unchanged unchanged ? unchanged.ofContent() : precondition;
    }

    /** Takes a state of metadata that was not told for one that no object is in. */
    static ObjectStore wantingAlwaysAState(ObjectStore honest) {
        return new WrappedStore(honest) {
            @Override
            public ObjectMeta write(ObjectKey key, ObjectBody body, WriteOptions options) {
                if (options.precondition() instanceof Precondition.Unchanged seen && seen.metageneration() == 0) {
                    throw new StaleObjectException("write " + bucket() + "/" + key + ": metageneration is not 0");
                }
                return honest.write(key, body, options);
            }
        };
    }
}
