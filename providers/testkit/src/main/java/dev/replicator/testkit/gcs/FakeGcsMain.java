package dev.replicator.testkit.gcs;

import dev.replicator.testkit.gcs.store.BucketSettings;
import dev.replicator.testkit.process.Arguments;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;

/**
 * Runs a {@link FakeGcs} as a process of its own until it is ended. The first line on standard output is its endpoint,
 * as {@code STORAGE_EMULATOR_HOST} takes it.
 *
 * <pre>
 * --port 0  --project NAME  --latency-ms 0  --log-limit 0  --rewrite-bytes 1073741824
 * --token TOKEN                                      (any number of times; a bearer token, and no request without one)
 * --bucket NAME[=LOCATION]                           (any number of times)
 * --populate NAME=COUNT[,prefix=PREFIX][,size=BYTES] (any number of times; makes the bucket)
 * </pre>
 */
public final class FakeGcsMain {
    private FakeGcsMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        FakeGcs fake = start(arguments, System.out);
        Runtime.getRuntime().addShutdownHook(new Thread(fake::close));
        new CountDownLatch(1).await();
    }

    /** Starts what the arguments say and prints the endpoint. */
    static FakeGcs start(String[] words, PrintStream out) {
        Arguments arguments = Arguments.parse(words);
        FakeGcsOptions options = FakeGcsOptions.strict()
                .withPort(Integer.parseInt(arguments.last("port", "0")))
                .withTokens(arguments.all("token").toArray(String[]::new))
                .withLogLimit(Integer.parseInt(arguments.last("log-limit", "0")))
                .withBytesPerRewrite(Long.parseLong(arguments.last("rewrite-bytes", Long.toString(1L << 30))))
                .withLatency(Duration.ofMillis(Long.parseLong(arguments.last("latency-ms", "0"))));
        List<String> projects = arguments.all("project");
        FakeGcs fake = FakeGcs.start(projects.isEmpty() ? options : options.withProject(projects.get(0)));
        arguments.all("bucket").forEach(bucket -> create(fake, bucket));
        for (Arguments.Population population : arguments.populations()) {
            fake.createBucket(population.bucket());
            fake.populate(population.bucket(), population.count(), population::name, population.size());
        }
        out.println(fake.endpoint());
        out.flush();
        return fake;
    }

    private static void create(FakeGcs fake, String bucket) {
        int equals = bucket.indexOf('=');
        if (equals < 0) {
            fake.createBucket(bucket);
            return;
        }
        String location = bucket.substring(equals + 1).toUpperCase(Locale.ROOT);
        fake.createBucket(bucket.substring(0, equals), BucketSettings.ORDINARY.withLocation(location));
    }
}
