package dev.replicator.cli.command.config;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.replicator.cli.option.Words;
import dev.replicator.cli.output.JsonText;
import dev.replicator.config.Configuration;
import dev.replicator.config.JobConfig;
import dev.replicator.config.NotificationSettings;
import dev.replicator.config.ServerSettings;
import dev.replicator.config.text.Durations;
import dev.replicator.config.text.Sizes;
import dev.replicator.job.HookSettings;
import dev.replicator.job.KeyFilter;
import dev.replicator.job.MetadataPolicy;
import dev.replicator.job.PrefixPair;
import dev.replicator.job.ReplicationJob;
import dev.replicator.job.TransferSettings;
import dev.replicator.store.StoreSettings;
import dev.replicator.store.TransferSizes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A configuration in force, in the words of {@code replicator.yaml}. What is secret is masked. */
final class ConfigView {
    private ConfigView() {}

    static ObjectNode of(Configuration configuration) {
        ObjectNode view = JsonText.node();
        view.put("version", 1);
        configuration.file().ifPresent(file -> view.put("file", file.toString()));
        configuration.notConfigured().ifPresent(reason -> view.put("not-configured", reason));
        ObjectNode stores = view.putObject("stores");
        configuration.stores().forEach((name, store) -> stores.set(name, store(store)));
        ObjectNode jobs = view.putObject("jobs");
        configuration.jobs().forEach((name, job) -> jobs.set(name, job(job, configuration.stores())));
        if (!configuration.server().equals(ServerSettings.DEFAULT)) {
            view.set("server", ServerView.of(configuration.server()));
        }
        if (!configuration.notifications().equals(NotificationSettings.DEFAULT)) {
            view.set("notifications", ServerView.of(configuration.notifications()));
        }
        return view;
    }

    private static ObjectNode store(StoreSettings store) {
        ObjectNode view = JsonText.node().put("uri", store.uri().toString());
        store.endpoint().ifPresent(value -> view.put("endpoint", value));
        store.region().ifPresent(value -> view.put("region", value));
        store.profile().ifPresent(value -> view.put("profile", value));
        store.roleArn().ifPresent(value -> view.put("role-arn", value));
        view.put("path-style", Words.of(store.pathStyle()));
        view.put("checksums", Words.of(store.checksums()));
        view.put("links", Words.of(store.links()));
        view.put("requester-pays", store.requesterPays());
        store.project().ifPresent(value -> view.put("project", value));
        store.expectedBucketOwner().ifPresent(value -> view.put("expected-bucket-owner", value));
        store.capabilities()
                .ifPresentOrElse(
                        known -> known.stream().sorted().map(Words::of).forEach(view.putArray("capabilities")::add),
                        () -> view.put("capabilities", "auto"));
        view.put("multipart-copy", Sizes.format(store.sizes().multipartCopy()));
        view.put("multipart-upload", Sizes.format(store.sizes().multipartUpload()));
        view.put("part-size", Sizes.format(store.sizes().part()));
        ObjectNode write = view.putObject("write");
        store.write().storageClass().ifPresent(value -> write.put("storage-class", value));
        store.write().sse().ifPresent(value -> write.put("sse", value));
        store.write().kmsKey().ifPresent(value -> write.put("kms-key", value));
        store.write().acl().ifPresent(value -> write.put("acl", value));
        write.put("composite-uploads", store.write().compositeUploads());
        return view;
    }

    private static ObjectNode job(JobConfig config, Map<String, StoreSettings> stores) {
        ReplicationJob job = config.job();
        ObjectNode view = JsonText.node();
        view.set("source", side(job.source(), stores));
        view.set("destination", side(job.destination(), stores));
        ArrayNode paths = view.putArray("paths");
        for (PrefixPair pair : job.paths()) {
            paths.addObject()
                    .put("from", pair.from().toString())
                    .put("to", pair.to().toString());
        }
        view.set("filter", filter(job.filter()));
        view.put("compare", Words.of(job.compare()));
        view.put("overwrite", Words.of(job.overwrite()));
        view.put("on-drift", Words.of(job.onDrift()));
        view.set("metadata", metadata(job.metadata()));
        view.putObject("delete")
                .put("mode", Words.of(job.delete().mode()))
                .put("max-objects", job.delete().maxObjects())
                .put("max-percent", job.delete().maxPercent());
        view.set("transfer", transfer(job, stores));
        view.putObject("retry")
                .put("attempts", job.retry().attempts())
                .put("base", Durations.format(job.retry().base()))
                .put("max", Durations.format(job.retry().max()))
                .put("deadline", Durations.format(job.retry().deadline()));
        view.set("hook", hook(config.hook()));
        ServerView.schedules(config.schedules(), view);
        view.put("control", job.controlPrefix().toString());
        return view;
    }

    /** The store's name, or the location. */
    private static TextNode side(StoreSettings side, Map<String, StoreSettings> stores) {
        return TextNode.valueOf(named(side, stores).orElse(side.uri().toString()));
    }

    private static Optional<String> named(StoreSettings side, Map<String, StoreSettings> stores) {
        return stores.entrySet().stream()
                .filter(store -> store.getValue().withSizes(side.sizes()).equals(side))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static ObjectNode filter(KeyFilter filter) {
        ObjectNode view = JsonText.node();
        List<String> include = patterns(filter, true);
        List<String> exclude = patterns(filter, false);
        if (!include.isEmpty()) {
            include.forEach(view.putArray("include")::add);
            // The last of both lists together: the file means it without saying it.
            exclude = exclude.subList(0, Math.max(0, exclude.size() - 1));
        }
        exclude.forEach(view.putArray("exclude")::add);
        return view;
    }

    private static List<String> patterns(KeyFilter filter, boolean include) {
        return filter.rules().stream()
                .filter(rule -> rule.include() == include)
                .map(KeyFilter.Rule::pattern)
                .toList();
    }

    private static ObjectNode metadata(MetadataPolicy metadata) {
        ObjectNode view = JsonText.node().put("copy", metadata.copy()).put("tags", metadata.tags());
        ObjectNode set = view.putObject("set");
        new TreeMap<>(metadata.set()).forEach(set::put);
        return view.put("compare", metadata.compare()).put("strict", metadata.strict());
    }

    private static ObjectNode transfer(ReplicationJob job, Map<String, StoreSettings> stores) {
        TransferSettings transfer = job.transfer();
        ObjectNode view = JsonText.node();
        if (transfer.concurrency().isPresent()) {
            view.put("concurrency", transfer.concurrency().getAsInt());
        } else {
            view.put("concurrency", "auto");
        }
        view.put("part-size", partSize(job, stores).map(Sizes::format).orElse("auto"));
        view.put("bytes-in-flight", Sizes.format(transfer.bytesInFlight()));
        view.put(
                "bandwidth",
                transfer.bandwidth().isPresent()
                        ? Sizes.format(transfer.bandwidth().getAsLong()) + "/s"
                        : "");
        return view.put("requests-per-second", transfer.requestsPerSecond());
    }

    /** The job's own size of a part, where it is not that of its stores. */
    private static Optional<Long> partSize(ReplicationJob job, Map<String, StoreSettings> stores) {
        return Stream.of(job.source(), job.destination())
                .filter(side -> own(side, stores) != side.sizes().part())
                .map(side -> side.sizes().part())
                .findFirst();
    }

    private static long own(StoreSettings side, Map<String, StoreSettings> stores) {
        return named(side, stores)
                .flatMap(name -> Optional.ofNullable(stores.get(name)))
                .map(store -> store.sizes().part())
                .orElse(TransferSizes.DEFAULT.part());
    }

    private static ObjectNode hook(HookSettings hook) {
        return JsonText.node()
                .put("mode", Words.of(hook.mode()))
                .put("environment", hook.environment().orElse("auto"))
                .put("deployment-id", hook.deploymentId().orElse("auto"))
                .put("min-interval", Durations.format(hook.minInterval()))
                .put("on-failure", Words.of(hook.onFailure()))
                .put("on-known-deployment", Words.of(hook.onKnownDeployment()))
                .put("lease-ttl", Durations.format(hook.leaseTtl()))
                .put("wait-lock", Durations.format(hook.waitLock()))
                .put("timeout", Durations.format(hook.timeout()));
    }
}
