package dev.replicator.testkit.gcs.store;

/**
 * How a bucket behaves.
 *
 * @param project that the bucket belongs to
 * @param location in capitals; a rewrite from another location takes several calls
 * @param storageClass of objects that ask for none
 * @param requesterPays whether requests must name a project to bill
 * @param uniformAccess whether objects have no access control lists of their own
 */
public record BucketSettings(
        String project, String location, String storageClass, boolean requesterPays, boolean uniformAccess) {
    /** Of project {@code fake-project} in US, STANDARD, with access control lists. */
    public static final BucketSettings ORDINARY = new BucketSettings("fake-project", "US", "STANDARD", false, false);

    public BucketSettings withProject(String newProject) {
        return new BucketSettings(newProject, location, storageClass, requesterPays, uniformAccess);
    }

    public BucketSettings withLocation(String newLocation) {
        return new BucketSettings(project, newLocation, storageClass, requesterPays, uniformAccess);
    }

    public BucketSettings withStorageClass(String newClass) {
        return new BucketSettings(project, location, newClass, requesterPays, uniformAccess);
    }

    public BucketSettings withRequesterPays(boolean pays) {
        return new BucketSettings(project, location, storageClass, pays, uniformAccess);
    }

    public BucketSettings withUniformAccess(boolean uniform) {
        return new BucketSettings(project, location, storageClass, requesterPays, uniform);
    }
}
