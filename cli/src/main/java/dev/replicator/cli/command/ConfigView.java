package dev.replicator.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.replicator.cli.option.Words;
import dev.replicator.cli.output.JsonText;
import dev.replicator.config.Configuration;
import dev.replicator.config.JobConfig;
import dev.replicator.job.HookSettings;
import dev.replicator.job.KeyFilter;
import dev.replicator.job.PrefixPair;
import dev.replicator.job.ReplicationJob;
import dev.replicator.store.StoreSettings;

/** A configuration in force, in the words of {@code replicator.yaml}. It holds no secrets, as the file holds none. */
final class ConfigView {
    private ConfigView() {}

    static ObjectNode of(Configuration configuration) {
        ObjectNode view = JsonText.node();
        configuration.file().ifPresent(file -> view.put("file", file.toString()));
        configuration.notConfigured().ifPresent(reason -> view.put("not-configured", reason));
        ObjectNode stores = view.putObject("stores");
        configuration.stores().forEach((name, store) -> stores.set(name, store(store)));
        ObjectNode jobs = view.putObject("jobs");
        configuration.jobs().forEach((name, job) -> jobs.set(name, job(job)));
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
        return view;
    }

    private static ObjectNode job(JobConfig config) {
        ReplicationJob job = config.job();
        ObjectNode view = JsonText.node();
        view.set("source", store(job.source()));
        view.set("destination", store(job.destination()));
        ArrayNode paths = view.putArray("paths");
        for (PrefixPair pair : job.paths()) {
            paths.addObject()
                    .put("from", pair.from().toString())
                    .put("to", pair.to().toString());
        }
        ArrayNode filter = view.putArray("filter");
        for (KeyFilter.Rule rule : job.filter().rules()) {
            filter.add((rule.include() ? "include " : "exclude ") + rule.pattern());
        }
        view.put("compare", Words.of(job.compare()));
        view.put("overwrite", Words.of(job.overwrite()));
        view.putObject("delete")
                .put("mode", Words.of(job.delete().mode()))
                .put("max-objects", job.delete().maxObjects())
                .put("max-percent", job.delete().maxPercent());
        view.set("hook", hook(config.hook()));
        view.put("control", job.controlPrefix().toString());
        return view;
    }

    private static ObjectNode hook(HookSettings hook) {
        return JsonText.node()
                .put("mode", Words.of(hook.mode()))
                .put("environment", hook.environment().orElse("auto"))
                .put("deployment-id", hook.deploymentId().orElse("auto"))
                .put("min-interval", hook.minInterval().toString())
                .put("on-failure", Words.of(hook.onFailure()))
                .put("on-known-deployment", Words.of(hook.onKnownDeployment()))
                .put("lease-ttl", hook.leaseTtl().toString())
                .put("wait-lock", hook.waitLock().toString())
                .put("timeout", hook.timeout().toString());
    }
}
