package dev.replicator.testkit.contract;

/** The whole contract of {@link dev.replicator.store.ObjectStore}; the package's page says how to pass it. */
public interface ObjectStoreContract
        extends ListingContract,
                ListingRangeContract,
                ListedMetadataContract,
                NaughtyKeysContract,
                ReadContract,
                WriteContract,
                MetadataContract,
                MetadataUpdateContract,
                PreconditionContract,
                MetadataStateContract,
                CopyContract,
                DeleteContract,
                RoleContract,
                ErrorContract,
                RetryContract,
                CloseContract {}
