package dev.replicator.testkit.contract;

import dev.replicator.store.BucketRef;
import dev.replicator.store.ListRequest;
import dev.replicator.store.Listing;
import dev.replicator.store.ObjectBody;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.ObjectNotFoundException;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Page;
import dev.replicator.store.Precondition;
import dev.replicator.store.StaleObjectException;
import dev.replicator.store.WriteOptions;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Stores that are wrong in one way each, beside their listings and bodies. */
final class StoreVillains {
    /** How long a villain stays between two steps that should be one, in nanoseconds; races are then met for sure. */
    static final long LINGER = 1_000_000;

    private StoreVillains() {}

    /** Looks, then writes: two racers may both find the key absent. */
    static ObjectStore creatingInTwoSteps(ObjectStore honest) {
        return new WrappedStore(honest) {
            @Override
            public ObjectMeta write(ObjectKey key, ObjectBody body, WriteOptions options) {
                if (options.precondition() instanceof Precondition.Absent) {
                    if (honest.head(key).isPresent()) {
                        throw new StaleObjectException("write " + bucket() + "/" + key + ": exists");
                    }
                    LockSupport.parkNanos(LINGER);
                }
                return honest.write(key, body, withoutAbsent(options));
            }
        };
    }

    private static WriteOptions withoutAbsent(WriteOptions options) {
        return options.precondition() instanceof Precondition.Absent
                ? options.withPrecondition(Precondition.none())
                : options;
    }

    static ObjectStore ignoringPreconditionsOfWrites(ObjectStore honest) {
        return new WrappedStore(honest) {
            @Override
            public ObjectMeta write(ObjectKey key, ObjectBody body, WriteOptions options) {
                return honest.write(key, body, options.withPrecondition(Precondition.none()));
            }
        };
    }

    static ObjectStore ignoringPreconditionsOfCopies(ObjectStore honest) {
        return new WrappedStore(honest) {
            @Override
            public ObjectMeta copyFrom(BucketRef source, ObjectMeta object, ObjectKey key, WriteOptions options) {
                return honest.copyFrom(source, object, key, options.withPrecondition(Precondition.none()));
            }
        };
    }

    static ObjectStore ignoringPreconditionsOfDeletes(ObjectStore honest) {
        return new WrappedStore(honest) {
            @Override
            public void delete(ObjectKey key, Precondition precondition) {
                honest.delete(key, Precondition.none());
            }
        };
    }

    /** MinIO once did: If-Match on a missing key wrote. */
    static ObjectStore resurrectingWhatVanished(ObjectStore honest) {
        return new WrappedStore(honest) {
            @Override
            public ObjectMeta write(ObjectKey key, ObjectBody body, WriteOptions options) {
                boolean vanished = honest.head(key).isEmpty();
                return honest.write(key, body, vanished ? options.withPrecondition(Precondition.none()) : options);
            }
        };
    }

    static ObjectStore losingTags(ObjectStore honest) {
        return new WrappedStore(honest) {
            @Override
            public ObjectMeta write(ObjectKey key, ObjectBody body, WriteOptions options) {
                return honest.write(
                        key, body, options.withMetadata(options.metadata().withTags(Map.of())));
            }
        };
    }

    /** Copies by reading and writing and forgets the tags, as Transfer Manager's multipart copy does. */
    static ObjectStore losingTagsOfCopies(ObjectStore honest) {
        return new WrappedStore(honest) {
            @Override
            public ObjectMeta copyFrom(BucketRef source, ObjectMeta object, ObjectKey key, WriteOptions options) {
                honest.copyFrom(source, object, key, options);
                ObjectMeta copied = honest.head(key).orElseThrow();
                return honest.write(
                        key,
                        honest.read(copied),
                        WriteOptions.of(Precondition.none())
                                .withMetadata(copied.metadata().orElseThrow()));
            }
        };
    }

    static ObjectStore losingCacheControl(ObjectStore honest) {
        return new WrappedStore(honest) {
            @Override
            public ObjectMeta write(ObjectKey key, ObjectBody body, WriteOptions options) {
                ObjectMetadata kept =
                        ObjectMetadata.NONE.withUser(options.metadata().user());
                return honest.write(key, body, options.withMetadata(kept));
            }
        };
    }

    static ObjectStore losingOperations(ObjectStore honest) {
        return new WrappedStore(honest) {
            @Override
            public ObjectMeta write(ObjectKey key, ObjectBody body, WriteOptions options) {
                return honest.write(key, body, WriteOptions.of(options.precondition()));
            }
        };
    }

    /** Two keys become one name, as a path that is resolved does. */
    static ObjectStore collapsingSlashes(ObjectStore honest) {
        return new WrappedStore(honest) {
            @Override
            public Optional<ObjectMeta> head(ObjectKey key) {
                return honest.head(plain(key)).map(meta -> meta.withKey(key));
            }

            @Override
            public ObjectBody read(ObjectMeta object) {
                return honest.read(object.withKey(plain(object.key())));
            }

            @Override
            public ObjectMeta write(ObjectKey key, ObjectBody body, WriteOptions options) {
                return honest.write(plain(key), body, options).withKey(key);
            }

            private ObjectKey plain(ObjectKey key) {
                String text = key.text().replaceAll("/+", "/");
                return ObjectKey.of(text);
            }
        };
    }

    static ObjectStore deletingWholeFolders(ObjectStore honest) {
        return new WrappedStore(honest) {
            @Override
            public void delete(ObjectKey key, Precondition precondition) {
                honest.delete(key, precondition);
                try (Listing listing = honest.list(ListRequest.everything())) {
                    for (Optional<Page> page = listing.next(); page.isPresent(); page = listing.next()) {
                        for (int entry = 0; entry < page.get().count(); entry++) {
                            ObjectKey other = page.get().key(entry);
                            if (other.text().startsWith(key.text() + "/")) {
                                honest.delete(other, Precondition.none());
                            }
                        }
                    }
                }
            }
        };
    }

    static ObjectStore complainingOfAbsentKeys(ObjectStore honest) {
        return new WrappedStore(honest) {
            @Override
            public void delete(ObjectKey key, Precondition precondition) {
                if (honest.head(key).isEmpty()) {
                    throw new ObjectNotFoundException("delete " + key);
                }
                honest.delete(key, precondition);
            }
        };
    }

    static ObjectStore workingOnAfterClose(ObjectStore honest) {
        return new WrappedStore(honest) {
            @Override
            public void close() {}
        };
    }

    static ObjectStore closingOnlyOnce(ObjectStore honest) {
        return new WrappedStore(honest) {
            private boolean closed;

            @Override
            public void close() {
                if (closed) {
                    throw new IllegalStateException("closed already");
                }
                closed = true;
                honest.close();
            }
        };
    }

    static ObjectStore takingAMissingBucketForAMissingKey(ObjectStore honest) {
        return new WrappedStore(honest) {
            @Override
            public void delete(ObjectKey key, Precondition precondition) {
                if (honest.bucket().bucket().equals("not-there")) {
                    return;
                }
                honest.delete(key, precondition);
            }
        };
    }

    static ObjectStore forgettingItsRoles(ObjectStore honest) {
        return new WrappedStore(honest) {
            @Override
            public <R> Optional<R> role(Class<R> role) {
                return Optional.empty();
            }
        };
    }
}
