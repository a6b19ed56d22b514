package dev.replicator.tests;

import dev.replicator.testkit.s3.FakeS3;
import dev.replicator.testkit.s3.FakeS3Options;
import java.nio.file.Path;

/** A fake server and commands that talk to it. */
final class Servers {
    private Servers() {}

    static Cli cli(Path directory, FakeS3 server) {
        return new Cli(directory)
                .withS3(
                        server.endpoint(),
                        FakeS3Options.CREDENTIALS.accessKey(),
                        FakeS3Options.CREDENTIALS.secretKey());
    }
}
