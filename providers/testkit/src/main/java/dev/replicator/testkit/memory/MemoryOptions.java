package dev.replicator.testkit.memory;

import dev.replicator.store.Capability;
import dev.replicator.store.MetadataLimits;
import dev.replicator.store.TransferSizes;
import dev.replicator.store.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

/**
 * What kind of service a {@link MemoryStore} imitates. A capability that is left out is really missing: an undeclared
 * precondition is ignored, undeclared metadata is dropped.
 *
 * @param versions what a version's token is
 * @param skew store time minus the injected clock's
 * @param granularity modification times are cut to multiples of it; 1 ns keeps them whole
 * @param maxKeyBytes longer keys are refused
 * @param metadata what the store says it holds of metadata; what is beyond is dropped if it is written nevertheless
 */
public record MemoryOptions(
        Set<Capability> capabilities,
        Versions versions,
        TransferSizes sizes,
        Duration skew,
        Duration granularity,
        int maxKeyBytes,
        MetadataLimits metadata) {

    /** What a version's token is. */
    public enum Versions {
        /** S3's ETag: rewriting the same bytes gives the same version. */
        ETAG,
        /** A number that no two writes share, with nothing said of metadata or of digests in listings. */
        OPAQUE,
        /**
         * As GCS's generation: changes of metadata leave it, and its time, as they are and count as metagenerations. Shown
         * in listings, beside the content's MD5.
         */
        GENERATION
    }

    /** As Amazon S3: everything but written times, ETags as versions. The default. */
    public static final MemoryOptions S3_LIKE = new MemoryOptions(
            EnumSet.complementOf(EnumSet.of(Capability.KEEPS_MODIFIED)),
            Versions.ETAG,
            TransferSizes.DEFAULT,
            Duration.ZERO,
            Duration.ofNanos(1),
            1024,
            MetadataLimits.NONE);

    /** As a directory that hides its file keys: keeps times, opaque versions, no copies, no tags. */
    public static final MemoryOptions DIRECTORY_LIKE = S3_LIKE.withVersions(Versions.OPAQUE)
            .withCapabilities(EnumSet.of(
                    Capability.CREATE_ONLY_WRITE,
                    Capability.CONDITIONAL_WRITE,
                    Capability.CONDITIONAL_DELETE,
                    Capability.PINNED_READ,
                    Capability.METADATA,
                    Capability.KEEPS_MODIFIED));

    /** As Google Cloud Storage: generations, metagenerations and digests in listings, no tags. */
    public static final MemoryOptions GCS_LIKE =
            S3_LIKE.withVersions(Versions.GENERATION).lacking(Capability.TAGS);

    /** As an old S3-compatible server: copies and keeps metadata, honours no precondition at all. */
    public static final MemoryOptions WEAK =
            S3_LIKE.withCapabilities(EnumSet.of(Capability.SERVER_SIDE_COPY, Capability.METADATA, Capability.ETAGS));

    /** Bytes under keys and nothing more. */
    public static final MemoryOptions BARE =
            S3_LIKE.withVersions(Versions.OPAQUE).withCapabilities(EnumSet.noneOf(Capability.class));

    public MemoryOptions {
        capabilities = Set.copyOf(capabilities);
        if (capabilities.contains(Capability.ETAGS) && versions != Versions.ETAG) {
            throw new IllegalArgumentException("numbers are no ETags");
        }
        if (granularity.isZero() || granularity.isNegative()) {
            throw new IllegalArgumentException("granularity must be positive, not " + granularity);
        }
    }

    public MemoryOptions withCapabilities(Set<Capability> value) {
        return new MemoryOptions(value, versions, sizes, skew, granularity, maxKeyBytes, metadata);
    }

    /** Without these capabilities. */
    public MemoryOptions lacking(Capability first, Capability... more) {
        Set<Capability> rest = EnumSet.complementOf(EnumSet.of(first, more));
        rest.retainAll(capabilities);
        return withCapabilities(rest);
    }

    /** With numbers as versions {@link Capability#ETAGS} goes. */
    public MemoryOptions withVersions(Versions value) {
        Set<Capability> kept = value == Versions.ETAG ? capabilities : lacking(Capability.ETAGS).capabilities;
        return new MemoryOptions(kept, value, sizes, skew, granularity, maxKeyBytes, metadata);
    }

    public MemoryOptions withSizes(TransferSizes value) {
        return new MemoryOptions(capabilities, versions, value, skew, granularity, maxKeyBytes, metadata);
    }

    public MemoryOptions withSkew(Duration value) {
        return new MemoryOptions(capabilities, versions, sizes, value, granularity, maxKeyBytes, metadata);
    }

    public MemoryOptions withGranularity(Duration value) {
        return new MemoryOptions(capabilities, versions, sizes, skew, value, maxKeyBytes, metadata);
    }

    public MemoryOptions withMaxKeyBytes(int value) {
        return new MemoryOptions(capabilities, versions, sizes, skew, granularity, value, metadata);
    }

    public MemoryOptions withMetadata(MetadataLimits value) {
        return new MemoryOptions(capabilities, versions, sizes, skew, granularity, maxKeyBytes, value);
    }

    boolean can(Capability capability) {
        return capabilities.contains(capability);
    }

    Version versionOf(MemoryObject object) {
        return new Version(versions == Versions.ETAG ? object.etag() : Long.toString(object.sequence()));
    }

    boolean countsMetadata() {
        return versions == Versions.GENERATION;
    }

    /** The number of the metadata's state, 0 where this service tells none. */
    long metagenerationOf(MemoryObject object) {
        return countsMetadata() ? object.metageneration() : 0;
    }

    /** The instant as this service would store it. */
    Instant cut(Instant instant) {
        long nanos = granularity.toNanos();
        if (nanos <= 1) {
            return instant;
        }
        long second = 1_000_000_000L;
        if (nanos <= second) {
            return instant.minusNanos(instant.getNano() % nanos);
        }
        long seconds = nanos / second;
        return Instant.ofEpochSecond(Math.floorDiv(instant.getEpochSecond(), seconds) * seconds);
    }
}
