package dev.replicator.job;

import dev.replicator.store.KeyPrefix;
import dev.replicator.store.RetrySettings;
import dev.replicator.store.StoreSettings;
import dev.replicator.store.StoreUri;
import java.util.List;
import java.util.Optional;

/**
 * What to replicate and how: valid by construction.
 *
 * @param name a configured job's name; absent for two locations given by hand
 * @param paths at least one pair
 * @param control where the job's own objects live in the destination bucket; absent: {@code .replicator/<name>/} at the
 *     bucket's root
 * @param onDrift of use only to a job with a name: others have no baseline
 */
public record ReplicationJob(
        Optional<String> name,
        StoreSettings source,
        StoreSettings destination,
        List<PrefixPair> paths,
        KeyFilter filter,
        CompareMode compare,
        OverwriteMode overwrite,
        MetadataPolicy metadata,
        DeletePolicy delete,
        TransferSettings transfer,
        RetrySettings retry,
        Optional<KeyPrefix> control,
        DriftPolicy onDrift) {

    public ReplicationJob {
        paths = List.copyOf(paths);
        JobRules.check(name, source, destination, paths, compare, control);
    }

    /** As {@link DriftPolicy#REPORT}. */
    public ReplicationJob(
            Optional<String> name,
            StoreSettings source,
            StoreSettings destination,
            List<PrefixPair> paths,
            KeyFilter filter,
            CompareMode compare,
            OverwriteMode overwrite,
            MetadataPolicy metadata,
            DeletePolicy delete,
            TransferSettings transfer,
            RetrySettings retry,
            Optional<KeyPrefix> control) {
        this(
                name,
                source,
                destination,
                paths,
                filter,
                compare,
                overwrite,
                metadata,
                delete,
                transfer,
                retry,
                control,
                DriftPolicy.REPORT);
    }

    /** Everything of one location to another, additive, with defaults. */
    public static ReplicationJob of(StoreSettings source, StoreSettings destination) {
        return new ReplicationJob(
                Optional.empty(),
                source,
                destination,
                List.of(PrefixPair.EVERYTHING),
                KeyFilter.ALL,
                CompareMode.SIZE_AND_MODIFIED,
                OverwriteMode.IF_DIFFERENT,
                MetadataPolicy.ALL,
                DeletePolicy.NEVER,
                TransferSettings.DEFAULT,
                RetrySettings.DEFAULT,
                Optional.empty());
    }

    public static ReplicationJob of(StoreUri source, StoreUri destination) {
        return of(StoreSettings.of(source), StoreSettings.of(destination));
    }

    /** The name for people: the job's, or {@code ad-hoc}. */
    public String displayName() {
        return name.orElse("ad-hoc");
    }

    /** Where the job's own objects live, as a full prefix in the destination bucket; ends in {@code /}. */
    public KeyPrefix controlPrefix() {
        return control.orElseGet(() -> KeyPrefix.ofFolder(ControlKeys.SEGMENT + "/" + name.orElse("ad-hoc")));
    }

    public ReplicationJob withName(String value) {
        return new ReplicationJob(
                Optional.of(value),
                source,
                destination,
                paths,
                filter,
                compare,
                overwrite,
                metadata,
                delete,
                transfer,
                retry,
                control,
                onDrift);
    }

    public ReplicationJob withPaths(List<PrefixPair> value) {
        return new ReplicationJob(
                name,
                source,
                destination,
                value,
                filter,
                compare,
                overwrite,
                metadata,
                delete,
                transfer,
                retry,
                control,
                onDrift);
    }

    public ReplicationJob withFilter(KeyFilter value) {
        return new ReplicationJob(
                name,
                source,
                destination,
                paths,
                value,
                compare,
                overwrite,
                metadata,
                delete,
                transfer,
                retry,
                control,
                onDrift);
    }

    public ReplicationJob withCompare(CompareMode value) {
        return new ReplicationJob(
                name,
                source,
                destination,
                paths,
                filter,
                value,
                overwrite,
                metadata,
                delete,
                transfer,
                retry,
                control,
                onDrift);
    }

    public ReplicationJob withOverwrite(OverwriteMode value) {
        return new ReplicationJob(
                name,
                source,
                destination,
                paths,
                filter,
                compare,
                value,
                metadata,
                delete,
                transfer,
                retry,
                control,
                onDrift);
    }

    public ReplicationJob withMetadata(MetadataPolicy value) {
        return new ReplicationJob(
                name,
                source,
                destination,
                paths,
                filter,
                compare,
                overwrite,
                value,
                delete,
                transfer,
                retry,
                control,
                onDrift);
    }

    public ReplicationJob withDelete(DeletePolicy value) {
        return new ReplicationJob(
                name,
                source,
                destination,
                paths,
                filter,
                compare,
                overwrite,
                metadata,
                value,
                transfer,
                retry,
                control,
                onDrift);
    }

    public ReplicationJob withTransfer(TransferSettings value) {
        return new ReplicationJob(
                name,
                source,
                destination,
                paths,
                filter,
                compare,
                overwrite,
                metadata,
                delete,
                value,
                retry,
                control,
                onDrift);
    }

    public ReplicationJob withRetry(RetrySettings value) {
        return new ReplicationJob(
                name,
                source,
                destination,
                paths,
                filter,
                compare,
                overwrite,
                metadata,
                delete,
                transfer,
                value,
                control,
                onDrift);
    }

    public ReplicationJob withControl(KeyPrefix value) {
        return new ReplicationJob(
                name,
                source,
                destination,
                paths,
                filter,
                compare,
                overwrite,
                metadata,
                delete,
                transfer,
                retry,
                Optional.of(value),
                onDrift);
    }

    public ReplicationJob withDestination(StoreSettings value) {
        return new ReplicationJob(
                name, source, value, paths, filter, compare, overwrite, metadata, delete, transfer, retry, control,
                onDrift);
    }

    public ReplicationJob withOnDrift(DriftPolicy value) {
        return new ReplicationJob(
                name,
                source,
                destination,
                paths,
                filter,
                compare,
                overwrite,
                metadata,
                delete,
                transfer,
                retry,
                control,
                value);
    }
}
