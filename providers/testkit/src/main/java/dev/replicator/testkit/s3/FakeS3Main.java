package dev.replicator.testkit.s3;

import dev.replicator.testkit.s3.model.FakeCredentials;
import dev.replicator.testkit.s3.model.Weakness;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * Runs a {@link FakeS3} as a process of its own until it is ended. The first line on standard output is its endpoint.
 *
 * <pre>
 * --port 0  --access-key KEY  --secret-key SECRET  --region us-east-1  --latency-ms 0  --log-limit 0
 * --bucket NAME                                      (any number of times)
 * --populate NAME=COUNT[,prefix=PREFIX][,size=BYTES] (any number of times; makes the bucket)
 * --weak WEAKNESS                                    (any number of times; a name of {@link Weakness})
 * --anonymous true
 * </pre>
 */
public final class FakeS3Main {
    private FakeS3Main() {}

    public static void main(String[] arguments) throws InterruptedException {
        FakeS3 fake = start(arguments, System.out);
        Runtime.getRuntime().addShutdownHook(new Thread(fake::close));
        new CountDownLatch(1).await();
    }

    /** Starts what the arguments say and prints the endpoint. */
    static FakeS3 start(String[] arguments, PrintStream out) {
        Map<String, List<String>> values = values(arguments);
        FakeCredentials credentials = FakeCredentials.of(
                last(values, "access-key", FakeS3Options.CREDENTIALS.accessKey()),
                last(values, "secret-key", FakeS3Options.CREDENTIALS.secretKey()));
        FakeS3Options options = FakeS3Options.strict()
                .withPort(Integer.parseInt(last(values, "port", "0")))
                .withRegion(last(values, "region", "us-east-1"))
                .withCredentials(credentials)
                .withLogLimit(Integer.parseInt(last(values, "log-limit", "0")))
                .withLatency(Duration.ofMillis(Long.parseLong(last(values, "latency-ms", "0"))))
                .with(all(values, "weak").stream()
                        .map(name ->
                                Weakness.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_')))
                        .toArray(Weakness[]::new));
        boolean anonymous = Boolean.parseBoolean(last(values, "anonymous", "false"));
        FakeS3 fake = FakeS3.start(anonymous ? options.withAnonymousAllowed() : options);
        all(values, "bucket").forEach(fake::createBucket);
        all(values, "populate").forEach(order -> populate(fake, order));
        out.println(fake.endpoint());
        out.flush();
        return fake;
    }

    private static void populate(FakeS3 fake, String order) {
        String bucket = order.substring(0, order.indexOf('='));
        int count = 0;
        int size = 0;
        String prefix = "";
        for (String setting : order.substring(bucket.length() + 1).split(",", -1)) {
            if (setting.startsWith("prefix=")) {
                prefix = setting.substring("prefix=".length());
            } else if (setting.startsWith("size=")) {
                size = Integer.parseInt(setting.substring("size=".length()));
            } else {
                count = Integer.parseInt(setting);
            }
        }
        String start = prefix;
        fake.createBucket(bucket);
        fake.populate(bucket, count, i -> start + String.format("%08d", i), size);
    }

    private static Map<String, List<String>> values(String[] arguments) {
        Map<String, List<String>> values = new HashMap<>();
        for (int i = 0; i < arguments.length; i += 2) {
            if (!arguments[i].startsWith("--") || i + 1 == arguments.length) {
                throw new IllegalArgumentException("expected --name value, got " + arguments[i]);
            }
            values.computeIfAbsent(arguments[i].substring(2), name -> new ArrayList<>())
                    .add(arguments[i + 1]);
        }
        return values;
    }

    private static List<String> all(Map<String, List<String>> values, String name) {
        return values.getOrDefault(name, List.of());
    }

    private static String last(Map<String, List<String>> values, String name, String otherwise) {
        List<String> given = all(values, name);
        return given.isEmpty() ? otherwise : given.get(given.size() - 1);
    }
}
