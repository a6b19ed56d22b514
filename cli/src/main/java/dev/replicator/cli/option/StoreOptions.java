package dev.replicator.cli.option;

import dev.replicator.job.ReplicationJob;
import dev.replicator.store.StoreSettings;
import java.util.Optional;
import java.util.function.BiFunction;
import picocli.CommandLine.Option;

/** How to reach the two sides, where neither the configuration nor the SDK's own variables say it. */
public final class StoreOptions {
    @Option(names = "--endpoint", paramLabel = "URL", description = "S3-compatible server of both sides.")
    private Optional<String> endpoint = Optional.empty();

    @Option(names = "--source-endpoint", paramLabel = "URL", description = "S3-compatible server of the source.")
    private Optional<String> sourceEndpoint = Optional.empty();

    @Option(
            names = "--destination-endpoint",
            paramLabel = "URL",
            description = "S3-compatible server of the destination.")
    private Optional<String> destinationEndpoint = Optional.empty();

    @Option(names = "--region", paramLabel = "REGION", description = "Region of both sides.")
    private Optional<String> region = Optional.empty();

    @Option(names = "--source-region", paramLabel = "REGION", description = "Region of the source.")
    private Optional<String> sourceRegion = Optional.empty();

    @Option(names = "--destination-region", paramLabel = "REGION", description = "Region of the destination.")
    private Optional<String> destinationRegion = Optional.empty();

    @Option(
            names = "--links",
            paramLabel = "WHAT",
            completionCandidates = Words.Links.class,
            description = "Symbolic links in directories: ${COMPLETION-CANDIDATES}. follow stays inside the directory."
                    + " Default: the job's, else skip.")
    private Optional<StoreSettings.Links> links = Optional.empty();

    @Option(
            names = "--checksums",
            paramLabel = "WHEN",
            completionCandidates = Words.Checksums.class,
            description = "Checksums sent with uploads: ${COMPLETION-CANDIDATES}. when-required suits old"
                    + " S3-compatible servers. Default: the job's, else when-supported.")
    private Optional<StoreSettings.Checksums> checksums = Optional.empty();

    /** The job with these settings on its stores. */
    public ReplicationJob applyTo(ReplicationJob job) {
        return new ReplicationJob(
                job.name(),
                side(job.source(), sourceEndpoint, sourceRegion),
                side(job.destination(), destinationEndpoint, destinationRegion),
                job.paths(),
                job.filter(),
                job.compare(),
                job.overwrite(),
                job.metadata(),
                job.delete(),
                job.transfer(),
                job.retry(),
                job.control(),
                job.onDrift());
    }

    private StoreSettings side(StoreSettings settings, Optional<String> ownEndpoint, Optional<String> ownRegion) {
        StoreSettings side = settings;
        if (!side.uri().scheme().equals("file")) {
            side = with(side, ownEndpoint.or(() -> endpoint), StoreSettings::withEndpoint);
            side = with(side, ownRegion.or(() -> region), StoreSettings::withRegion);
        }
        side = with(side, links, StoreSettings::withLinks);
        return with(side, checksums, StoreSettings::withChecksums);
    }

    private static <T> StoreSettings with(
            StoreSettings side, Optional<T> value, BiFunction<StoreSettings, T, StoreSettings> change) {
        return value.map(given -> change.apply(side, given)).orElse(side);
    }
}
