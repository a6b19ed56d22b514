package dev.replicator.cli.option;

import dev.replicator.cli.exit.CliException;
import dev.replicator.job.ReplicationJob;
import dev.replicator.store.StoreSettings;
import dev.replicator.store.StoreUri;
import java.util.Optional;
import java.util.function.BiFunction;
import picocli.CommandLine.Option;

/** How to reach the two sides, where neither the configuration nor the SDK's own variables say it. */
public final class StoreOptions {
    @Option(names = "--endpoint", paramLabel = "URL", description = "S3-compatible server of the sides that are s3://.")
    private Optional<String> endpoint = Optional.empty();

    @Option(
            names = "--source-endpoint",
            paramLabel = "URL",
            description = "Server of the source: S3-compatible, or speaking gs://'s protocol.")
    private Optional<String> sourceEndpoint = Optional.empty();

    @Option(
            names = "--destination-endpoint",
            paramLabel = "URL",
            description = "Server of the destination: S3-compatible, or speaking gs://'s protocol.")
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
        requireEndpointsSide(job.source().uri(), job.destination().uri());
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

    private void requireEndpointsSide(StoreUri source, StoreUri destination) {
        boolean anyS3 = source.scheme().equals("s3") || destination.scheme().equals("s3");
        if (endpoint.isEmpty() || anyS3) {
            return;
        }
        if (!isGoogle(source) && !isGoogle(destination)) {
            throw CliException.usage("--endpoint is of S3-compatible servers, and no side is s3://");
        }
        throw CliException.usage("--endpoint is of S3-compatible servers, and no side is s3://; for another server of"
                + " gs:// say "
                + (isGoogle(source) ? "--source-endpoint" : "")
                + (isGoogle(source) && isGoogle(destination) ? " and " : "")
                + (isGoogle(destination) ? "--destination-endpoint" : ""));
    }

    private static boolean isGoogle(StoreUri uri) {
        return uri.scheme().equals("gs");
    }

    private StoreSettings side(StoreSettings settings, Optional<String> ownEndpoint, Optional<String> ownRegion) {
        StoreSettings side = settings;
        if (!side.uri().scheme().equals("file")) {
            Optional<String> shared = endpoint.filter(any -> !isGoogle(settings.uri()));
            side = with(side, ownEndpoint.or(() -> shared), StoreSettings::withEndpoint);
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
