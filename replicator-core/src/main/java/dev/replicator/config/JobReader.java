package dev.replicator.config;

import dev.replicator.config.binding.Interpolation;
import dev.replicator.config.binding.Section;
import dev.replicator.config.binding.Slot;
import dev.replicator.config.text.Suggestions;
import dev.replicator.job.CompareMode;
import dev.replicator.job.DeletePolicy;
import dev.replicator.job.DriftPolicy;
import dev.replicator.job.HookSettings;
import dev.replicator.job.KeyFilter;
import dev.replicator.job.MetadataPolicy;
import dev.replicator.job.OverwriteMode;
import dev.replicator.job.PrefixPair;
import dev.replicator.job.ReplicationJob;
import dev.replicator.job.TransferSettings;
import dev.replicator.store.Displays;
import dev.replicator.store.KeyPrefix;
import dev.replicator.store.RetrySettings;
import dev.replicator.store.StoreSettings;
import dev.replicator.store.TransferSizes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Turns a job's section into a job. */
final class JobReader {
    private static final List<String> OS_JUNK =
            List.of(".DS_Store", "Thumbs.db", "*.tmp", "*~", "*.swp", "*.bak", ".gitkeep", ".git/", "node_modules/");

    private final StoreReader locations;
    private final Interpolation interpolation;
    private final Map<String, Optional<StoreSettings>> stores;
    private final boolean withSchedules;

    /**
     * With the file's stores; one that couldn't be read is there without settings.
     *
     * @param withSchedules whether schedules are read
     */
    JobReader(
            StoreReader locations,
            Interpolation interpolation,
            Map<String, Optional<StoreSettings>> stores,
            boolean withSchedules) {
        this.locations = locations;
        this.interpolation = interpolation;
        this.stores = stores;
        this.withSchedules = withSchedules;
    }

    /** The job; absent when a part is missing that no rule could be checked without. */
    Optional<JobConfig> read(String name, Section job) {
        Optional<StoreSettings> source = job.get(JobKeys.SOURCE).flatMap(text -> store(job, JobKeys.SOURCE, text));
        Optional<StoreSettings> destination =
                job.get(JobKeys.DESTINATION).flatMap(text -> store(job, JobKeys.DESTINATION, text));
        Optional<List<PrefixPair>> paths = paths(job);
        KeyFilter filter = filter(job.get(JobKeys.FILTER));
        CompareMode compare = job.get(JobKeys.COMPARE, CompareMode.SIZE_AND_MODIFIED);
        OverwriteMode overwrite = job.get(JobKeys.OVERWRITE, OverwriteMode.IF_DIFFERENT);
        DriftPolicy onDrift = job.get(JobKeys.ON_DRIFT, DriftPolicy.REPORT);
        MetadataPolicy metadata = metadata(job.get(JobKeys.METADATA));
        DeletePolicy delete = delete(job.get(JobKeys.DELETE));
        Section transfer = job.get(JobKeys.TRANSFER);
        Optional<Long> partSize = transfer.get(JobKeys.JOB_PART_SIZE, Optional.empty());
        TransferSettings limits = transfer(transfer);
        RetrySettings retry = retry(job.get(JobKeys.RETRY));
        HookSettings hook = hook(job.get(HookKeys.HOOK));
        List<ScheduleSettings> schedules = withSchedules ? ScheduleReader.read(job) : List.of();
        Optional<KeyPrefix> control = job.get(JobKeys.CONTROL).flatMap(text -> prefix(job, JobKeys.CONTROL, text));
        if (source.isEmpty() || destination.isEmpty() || paths.isEmpty() || job.broken(JobKeys.CONTROL)) {
            return Optional.empty();
        }
        try {
            checkPrivacy(destination.get(), paths.get());
            return Optional.of(new JobConfig(
                    new ReplicationJob(
                            Optional.of(name),
                            withPartSize(source.get(), partSize),
                            withPartSize(destination.get(), partSize),
                            paths.get(),
                            filter,
                            compare,
                            overwrite,
                            metadata,
                            delete,
                            limits,
                            retry,
                            control,
                            onDrift),
                    hook,
                    schedules));
        } catch (IllegalArgumentException e) {
            job.problem(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private Optional<StoreSettings> store(Section job, Slot slot, String text) {
        if (stores.containsKey(text)) {
            return stores.get(text);
        }
        if (StoreReader.looksLikeLocation(text)) {
            return locations.location(job, slot, text).map(StoreSettings::of);
        }
        List<String> names = List.copyOf(stores.keySet());
        String known =
                names.isEmpty() ? "no stores are defined" : "stores: " + Displays.escaped(String.join(", ", names));
        job.problem(
                slot,
                "unknown store '" + Displays.escaped(job.raw(slot)) + "'"
                        + Suggestions.nearest(text, names)
                                .map(found -> "; did you mean '" + Displays.escaped(found) + "'?")
                                .orElse("")
                        + " (" + known + "; a directory here is written ./dir)");
        return Optional.empty();
    }

    private static StoreSettings withPartSize(StoreSettings store, Optional<Long> partSize) {
        TransferSizes sizes = store.sizes();
        return partSize.map(part ->
                        store.withSizes(new TransferSizes(sizes.multipartCopy(), sizes.multipartUpload(), part)))
                .orElse(store);
    }

    /** The pairs; absent where one of them is a problem. */
    private Optional<List<PrefixPair>> paths(Section job) {
        Optional<List<Section>> sections = job.get(JobKeys.PATHS);
        if (job.broken(JobKeys.PATHS)) {
            return Optional.empty();
        }
        if (sections.isEmpty()) {
            return Optional.of(List.of(PrefixPair.EVERYTHING));
        }
        if (sections.get().isEmpty()) {
            job.problem(JobKeys.PATHS, "is an empty list; leave it out to replicate everything");
            return Optional.empty();
        }
        List<PrefixPair> pairs = new ArrayList<>();
        for (Section section : sections.get()) {
            Optional<KeyPrefix> from = section.get(JobKeys.FROM).flatMap(text -> prefix(section, JobKeys.FROM, text));
            Optional<KeyPrefix> to = section.has(JobKeys.TO)
                    ? section.get(JobKeys.TO).flatMap(text -> prefix(section, JobKeys.TO, text))
                    : from;
            if (from.isPresent() && to.isPresent()) {
                pairs.add(new PrefixPair(from.get(), to.get()));
            }
        }
        return pairs.size() == sections.get().size() ? Optional.of(pairs) : Optional.empty();
    }

    private Optional<KeyPrefix> prefix(Section section, Slot slot, String text) {
        try {
            if (text.startsWith("/")) {
                section.problem(slot, "starts with '/'; a prefix begins with its first folder's name");
                return Optional.empty();
            }
            KeyPrefix prefix = KeyPrefix.ofFolder(text);
            if (!section.raw(slot).equals(text)) {
                interpolation.remember(prefix.toString(), section.raw(slot));
            }
            return Optional.of(prefix);
        } catch (IllegalArgumentException e) {
            section.problem(slot, "can't be written as UTF-8");
            return Optional.empty();
        }
    }

    private static KeyFilter filter(Section filter) {
        List<String> exclude = new ArrayList<>(filter.get(JobKeys.EXCLUDE).orElse(List.of()));
        if (filter.get(JobKeys.PRESET, JobKeys.Preset.NONE) == JobKeys.Preset.OS_JUNK) {
            exclude.addAll(OS_JUNK);
        }
        return KeyFilter.of(filter.get(JobKeys.INCLUDE).orElse(List.of()), exclude);
    }

    private static MetadataPolicy metadata(Section metadata) {
        return new MetadataPolicy(
                metadata.get(JobKeys.COPY_METADATA, true),
                metadata.get(JobKeys.COPY_TAGS, true),
                metadata.get(JobKeys.SET),
                metadata.get(JobKeys.COMPARE_METADATA, false),
                metadata.get(JobKeys.STRICT_METADATA, false));
    }

    private static DeletePolicy delete(Section delete) {
        return new DeletePolicy(
                delete.get(JobKeys.DELETE_MODE, DeletePolicy.Mode.NEVER),
                delete.get(JobKeys.MAX_OBJECTS, DeletePolicy.DEFAULT_MAX_OBJECTS),
                delete.get(JobKeys.MAX_PERCENT, DeletePolicy.DEFAULT_MAX_PERCENT));
    }

    private static TransferSettings transfer(Section transfer) {
        Optional<Long> concurrency = transfer.get(JobKeys.CONCURRENCY, Optional.empty());
        Optional<Long> bandwidth = transfer.get(JobKeys.BANDWIDTH);
        return new TransferSettings(
                concurrency.isPresent() ? OptionalInt.of(Math.toIntExact(concurrency.get())) : OptionalInt.empty(),
                transfer.get(JobKeys.BYTES_IN_FLIGHT, TransferSettings.DEFAULT.bytesInFlight()),
                bandwidth.isPresent() ? OptionalLong.of(bandwidth.get()) : OptionalLong.empty(),
                Math.toIntExact(transfer.get(JobKeys.REQUESTS_PER_SECOND, 0L)));
    }

    private static RetrySettings retry(Section retry) {
        RetrySettings byDefault = RetrySettings.DEFAULT;
        long attempts = retry.get(JobKeys.ATTEMPTS, (long) byDefault.attempts());
        Duration base = retry.get(JobKeys.BASE, byDefault.base());
        Duration max = retry.get(JobKeys.MAX, byDefault.max());
        Duration deadline = retry.get(JobKeys.DEADLINE, byDefault.deadline());
        if (base.compareTo(max) > 0) {
            retry.problem("base must not be longer than max");
            return byDefault;
        }
        return new RetrySettings(Math.toIntExact(attempts), base, max, deadline);
    }

    private static HookSettings hook(Section hook) {
        HookSettings byDefault = HookSettings.DEFAULT;
        Optional<Duration> minInterval = hook.get(HookKeys.MIN_INTERVAL);
        return new HookSettings(
                hook.get(HookKeys.MODE, byDefault.mode()),
                hook.get(HookKeys.ENVIRONMENT, Optional.empty()),
                hook.get(HookKeys.DEPLOYMENT_ID, Optional.empty()),
                minInterval.orElse(byDefault.minInterval()),
                minInterval.isPresent(),
                hook.get(HookKeys.ON_FAILURE, byDefault.onFailure()),
                hook.get(HookKeys.ON_KNOWN_DEPLOYMENT, byDefault.onKnownDeployment()),
                hook.get(HookKeys.LEASE_TTL, byDefault.leaseTtl()),
                hook.get(HookKeys.WAIT_LOCK, byDefault.waitLock()),
                hook.get(HookKeys.TIMEOUT, byDefault.timeout()));
    }

    /** A folder called private is not published by being copied into one called public. */
    private static void checkPrivacy(StoreSettings destination, List<PrefixPair> paths) {
        for (PrefixPair pair : paths) {
            KeyPrefix to = destination.uri().prefix().append(pair.to());
            if (isPrivate(pair.from()) && !isPublic(pair.from()) && isPublic(to)) {
                throw new IllegalArgumentException("path '" + pair.from() + "' goes to '" + to
                        + "': a private path never lands under a public one");
            }
        }
    }

    private static boolean isPrivate(KeyPrefix prefix) {
        return segments(prefix).contains("private") || segments(prefix).contains(".private");
    }

    private static boolean isPublic(KeyPrefix prefix) {
        return segments(prefix).contains("public");
    }

    private static List<String> segments(KeyPrefix prefix) {
        return List.of(prefix.text().split("/"));
    }
}
