package dev.replicator.store;

/**
 * What a service keeps with an object beside content and metadata, where the answer about the object shows it. No copy
 * that goes through us takes it along: it is told as a {@link MetadataLoss}.
 */
public enum ServiceTrait {
    /** A storage class other than the service's usual one. */
    STORAGE_CLASS(MetadataLoss.Kind.STORAGE_CLASS),
    /** GCS's custom time. */
    CUSTOM_TIME(MetadataLoss.Kind.CUSTOM_TIME),
    /** A hold, a retention date or a lock. */
    HOLD(MetadataLoss.Kind.HOLD),
    /** Grants of the object's own; S3 and Google Cloud Storage show them only to a request of its own, which none of ours is. */
    ACL(MetadataLoss.Kind.ACL),
    /** S3's redirect of a website. */
    REDIRECT(MetadataLoss.Kind.REDIRECT),
    /** A key of the owner's own that the content is encrypted with. */
    ENCRYPTION_KEY(MetadataLoss.Kind.ENCRYPTION_KEY);

    private final MetadataLoss.Kind loss;

    ServiceTrait(MetadataLoss.Kind loss) {
        this.loss = loss;
    }

    /** What leaving it behind is called. */
    public MetadataLoss.Kind loss() {
        return loss;
    }

    /** {@code storage-class}, {@code custom-time}, … */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
