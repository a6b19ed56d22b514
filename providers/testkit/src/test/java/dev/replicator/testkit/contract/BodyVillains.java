package dev.replicator.testkit.contract;

import dev.replicator.store.ByteArrayBody;
import dev.replicator.store.ObjectBody;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.ObjectNotFoundException;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Precondition;
import dev.replicator.store.StoreException;
import dev.replicator.store.WriteOptions;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.locks.LockSupport;

/** Stores that are wrong in one way each about the bytes that they read or write. */
final class BodyVillains {
    private BodyVillains() {}

    static ObjectStore endingBodiesEarly(ObjectStore honest) {
        return new WrappedStore(honest) {
            @Override
            public ObjectBody read(ObjectMeta object) {
                ObjectBody whole = super.read(object);
                return new BodyView(whole) {
                    @Override
                    public InputStream open() {
                        return object.size() > 1 ? whole.open(0, object.size() - 1) : whole.open();
                    }
                };
            }
        };
    }

    /** Reads what is there now, whatever was asked for. */
    static ObjectStore readingTheCurrentVersion(ObjectStore honest) {
        return new WrappedStore(honest) {
            @Override
            public ObjectBody read(ObjectMeta object) {
                return new BodyView(honest.read(object)) {
                    @Override
                    public InputStream open() {
                        return now().open();
                    }

                    @Override
                    public InputStream open(long offset, long length) {
                        return now().open(offset, length);
                    }

                    private ObjectBody now() {
                        return honest.read(honest.head(object.key())
                                .orElseThrow(() -> new ObjectNotFoundException("read " + object.key())));
                    }
                };
            }
        };
    }

    /** Off by one at a range's start. */
    static ObjectStore shiftingRanges(ObjectStore honest) {
        return new WrappedStore(honest) {
            @Override
            public ObjectBody read(ObjectMeta object) {
                ObjectBody whole = super.read(object);
                return new BodyView(whole) {
                    @Override
                    public InputStream open(long offset, long length) {
                        return whole.open(Math.max(0, Math.min(offset + 1, object.size() - length)), length);
                    }
                };
            }
        };
    }

    /** Stores what came, though more or less was announced. */
    static ObjectStore keepingWhatCame(ObjectStore honest) {
        return new WrappedStore(honest) {
            @Override
            public ObjectMeta write(ObjectKey key, ObjectBody body, WriteOptions options) {
                try (InputStream stream = body.open()) {
                    return honest.write(key, ByteArrayBody.of(stream.readAllBytes()), options);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
    }

    /** Reads no further than was announced, and never looks whether there is more. */
    static ObjectStore cuttingLongUploads(ObjectStore honest) {
        return new WrappedStore(honest) {
            @Override
            public ObjectMeta write(ObjectKey key, ObjectBody body, WriteOptions options) {
                return honest.write(
                        key,
                        new BodyView(body) {
                            @Override
                            public InputStream open() {
                                return new BoundedStream(body.open(), body.size());
                            }
                        },
                        options);
            }
        };
    }

    /** Empties the object before it fills it, as an in-place write does. */
    static ObjectStore writingInPlace(ObjectStore honest) {
        return new WrappedStore(honest) {
            @Override
            public ObjectMeta write(ObjectKey key, ObjectBody body, WriteOptions options) {
                if (options.precondition() instanceof Precondition.None
                        && honest.head(key).isPresent()) {
                    honest.write(key, ByteArrayBody.of(new byte[0]), options);
                    LockSupport.parkNanos(StoreVillains.LINGER);
                }
                return honest.write(key, body, options);
            }
        };
    }

    static ObjectStore leavingStreamsOpen(ObjectStore honest) {
        return new WrappedStore(honest) {
            @Override
            public ObjectMeta write(ObjectKey key, ObjectBody body, WriteOptions options) {
                body.open();
                return honest.write(key, body, options);
            }
        };
    }

    static ObjectStore namingNoKeyInErrors(ObjectStore honest) {
        return new WrappedStore(honest) {
            @Override
            public ObjectBody read(ObjectMeta object) {
                ObjectBody body = super.read(object);
                return new BodyView(body) {
                    @Override
                    public InputStream open() {
                        try {
                            return body.open();
                        } catch (StoreException e) {
                            throw new ObjectNotFoundException("404 Not Found");
                        }
                    }
                };
            }
        };
    }

    static ObjectStore showingRawKeysInErrors(ObjectStore honest) {
        return new WrappedStore(honest) {
            @Override
            public ObjectBody read(ObjectMeta object) {
                return honest.head(object.key())
                        .map(found -> super.read(object))
                        .orElseThrow(() -> new ObjectNotFoundException(
                                "read " + bucket() + "/" + object.key().text()));
            }
        };
    }

    private static final class BoundedStream extends FilterInputStream {
        private long left;

        BoundedStream(InputStream whole, long bytes) {
            super(whole);
            left = bytes;
        }

        @Override
        public int read() throws IOException {
            return left-- > 0 ? super.read() : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (left <= 0) {
                return -1;
            }
            int read = super.read(target, offset, (int) Math.min(left, length));
            left -= read;
            return read;
        }
    }

    /** A body that forwards everything. */
    private static class BodyView implements ObjectBody {
        private final ObjectBody whole;

        BodyView(ObjectBody whole) {
            this.whole = whole;
        }

        @Override
        public long size() {
            return whole.size();
        }

        @Override
        public ObjectMetadata metadata() {
            return whole.metadata();
        }

        @Override
        public InputStream open() {
            return whole.open();
        }

        @Override
        public InputStream open(long offset, long length) {
            return whole.open(offset, length);
        }
    }
}
