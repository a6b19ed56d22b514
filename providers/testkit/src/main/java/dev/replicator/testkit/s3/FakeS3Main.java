package dev.replicator.testkit.s3;

import dev.replicator.testkit.process.Arguments;
import dev.replicator.testkit.s3.model.FakeCredentials;
import dev.replicator.testkit.s3.model.Weakness;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
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
    static FakeS3 start(String[] words, PrintStream out) {
        Arguments arguments = Arguments.parse(words);
        FakeCredentials credentials = FakeCredentials.of(
                arguments.last("access-key", FakeS3Options.CREDENTIALS.accessKey()),
                arguments.last("secret-key", FakeS3Options.CREDENTIALS.secretKey()));
        FakeS3Options options = FakeS3Options.strict()
                .withPort(Integer.parseInt(arguments.last("port", "0")))
                .withRegion(arguments.last("region", "us-east-1"))
                .withCredentials(credentials)
                .withLogLimit(Integer.parseInt(arguments.last("log-limit", "0")))
                .withLatency(Duration.ofMillis(Long.parseLong(arguments.last("latency-ms", "0"))))
                .with(arguments.all("weak").stream()
                        .map(name ->
                                Weakness.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_')))
                        .toArray(Weakness[]::new));
        boolean anonymous = Boolean.parseBoolean(arguments.last("anonymous", "false"));
        FakeS3 fake = FakeS3.start(anonymous ? options.withAnonymousAllowed() : options);
        arguments.all("bucket").forEach(fake::createBucket);
        for (Arguments.Population population : arguments.populations()) {
            fake.createBucket(population.bucket());
            fake.populate(population.bucket(), population.count(), population::name, population.size());
        }
        out.println(fake.endpoint());
        out.flush();
        return fake;
    }
}
