package dev.replicator.tests.pairs;

import dev.replicator.testkit.gcs.fault.GcsFault;
import dev.replicator.testkit.gcs.model.GcsOperation;
import dev.replicator.testkit.http.Payload;
import dev.replicator.testkit.s3.checksum.ObjectChecksum;
import dev.replicator.testkit.s3.model.S3Operation;
import dev.replicator.testkit.s3.store.StoredObject;
import dev.replicator.testkit.wire.WireFault;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** A way in which the bytes of one transfer go wrong, however often it is tried. */
enum Corruption {
    /** A bit flips in each answer with bytes of the object. */
    FLIPPED_ON_THE_WAY_OUT {
        @Override
        void befall(Fakes fakes, Victim victim) {
            onRead(fakes, victim, new WireFault.FlipBit(victim.offset()));
        }
    },
    /** An answer is whole and its body is shorter than the object. */
    SHORT {
        @Override
        void befall(Fakes fakes, Victim victim) {
            byte[] shorter = Arrays.copyOf(victim.content(), victim.content().length - 1);
            onRead(fakes, victim, new WireFault.ReplaceBody(Payload.of(shorter)));
        }
    },
    /** An answer has as many bytes of something else. */
    ANOTHER_BODY {
        @Override
        void befall(Fakes fakes, Victim victim) {
            byte[] other = Bytes.random(victim.content().length, victim.random().nextLong());
            onRead(fakes, victim, new WireFault.ReplaceBody(Payload.of(other)));
        }
    },
    /** The source's digests are of other bytes than it keeps. */
    WRONG_DIGEST_AT_THE_SOURCE {
        @Override
        void befall(Fakes fakes, Victim victim) {
            if (victim.source() instanceof S3Side s3) {
                StoredObject stored = fakes.s3.find(s3.bucket(), victim.key()).orElseThrow();
                StoredObject other = fakes.s3.put(s3.bucket(), "other", Bytes.random(10));
                fakes.s3.delete(s3.bucket(), "other");
                fakes.s3.bucket(s3.bucket()).amend(stored, found -> withDigests(found, other.etag(), other.checksum()));
            } else {
                onRead(fakes, victim, new GcsFault.WrongCrc32c());
            }
        }
    },
    /** A bit flips on the way into the destination. */
    FLIPPED_ON_THE_WAY_IN {
        @Override
        void befall(Fakes fakes, Victim victim) {
            onWrite(fakes, victim, new WireFault.CorruptUpload(victim.offset()));
        }
    },
    /** The destination says that it made an object of other bytes. */
    WRONG_DIGEST_OF_WHAT_WAS_WRITTEN {
        @Override
        void befall(Fakes fakes, Victim victim) {
            onWrite(fakes, victim, new GcsFault.WrongCrc32c());
        }
    };

    /**
     * An object that is to arrive wrong.
     *
     * @param random where it goes wrong
     */
    record Victim(Side source, Side destination, String key, byte[] content, Random random) {
        /** Of a byte in the first part. */
        int offset() {
            return random.nextInt(Math.min(content.length, Fakes.PART));
        }
    }

    /** Those that can happen between these two. */
    static List<Corruption> of(Pair pair) {
        return Arrays.stream(values())
                .filter(corruption -> switch (corruption) {
                    case FLIPPED_ON_THE_WAY_OUT, SHORT, ANOTHER_BODY, WRONG_DIGEST_AT_THE_SOURCE ->
                        pair.source() != Kind.DIRECTORY;
                    case FLIPPED_ON_THE_WAY_IN -> pair.destination() != Kind.DIRECTORY;
                    case WRONG_DIGEST_OF_WHAT_WAS_WRITTEN -> pair.destination() == Kind.GCS;
                })
                .toList();
    }

    abstract void befall(Fakes fakes, Victim victim);

    private static void onRead(Fakes fakes, Victim victim, WireFault fault) {
        if (victim.source() instanceof S3Side s3) {
            fakes.s3
                    .faults()
                    .on(S3Operation.GET_OBJECT)
                    .bucket(s3.bucket())
                    .key(victim.key())
                    .inject(fault);
        } else if (victim.source() instanceof GcsSide gcs) {
            fakes.gcs
                    .faults()
                    .on(GcsOperation.MEDIA)
                    .bucket(gcs.bucket())
                    .key(victim.key())
                    .inject(fault);
        }
    }

    private static void onWrite(Fakes fakes, Victim victim, WireFault fault) {
        if (victim.destination() instanceof S3Side s3) {
            fakes.s3
                    .faults()
                    .on(S3Operation.PUT_OBJECT, S3Operation.UPLOAD_PART)
                    .bucket(s3.bucket())
                    .key(victim.key())
                    .inject(fault);
        } else if (victim.destination() instanceof GcsSide gcs) {
            fakes.gcs
                    .faults()
                    .on(GcsOperation.INSERT, GcsOperation.RESUMABLE_CHUNK)
                    .bucket(gcs.bucket())
                    .key(victim.key())
                    .inject(fault);
        }
    }

    private static StoredObject withDigests(StoredObject object, String etag, Optional<ObjectChecksum> checksum) {
        return new StoredObject(
                object.key(),
                object.versionId(),
                object.lastModified(),
                object.content(),
                etag,
                checksum,
                object.parts(),
                object.attributes());
    }
}
