package dev.replicator.hook.example;

import dev.replicator.hook.DeployHook;
import dev.replicator.hook.HookHandle;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/** A web shop whose production bucket follows the development bucket with every deployment. */
public final class WebShop {
    private WebShop() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Catalogue catalogue = Catalogue.seeded();

        DeployHook hook = DeployHook.fromEnvironment();
        try (HookHandle replication = hook.start();
                Routes routes = Routes.registered(catalogue, hook, replication)) {
            System.out.println("listening on " + routes.address());
            new CountDownLatch(1).await();
        }
    }
}
