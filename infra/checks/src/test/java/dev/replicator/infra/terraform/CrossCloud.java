package dev.replicator.infra.terraform;

import java.util.List;
import java.util.function.Consumer;

/** Jobs between the two clouds, recorded once for the tests of both. */
final class CrossCloud {
    /** From S3 to Cloud Storage: the ordinary life. */
    static final Recording FROM_S3;

    /** The same job's large objects as components. */
    static final Recording COMPOSING;

    /** From Cloud Storage to S3. */
    static final Recording FROM_GOOGLE;

    /** What both clouds were asked. */
    record Recording(
            List<dev.replicator.testkit.s3.log.LoggedRequest> s3,
            List<dev.replicator.testkit.gcs.log.LoggedRequest> gcs) {
        /** Of a step of a job, and of nothing before it. */
        static Recording of(RecordedJob job, Consumer<RecordedJob> step) {
            job.s3.log().reset();
            job.gcs.log().reset();
            step.accept(job);
            return new Recording(job.s3.log().requests(), job.gcs.log().requests());
        }
    }

    static {
        try (RecordedJob job = job("s3", "gs")) {
            FROM_S3 = Recording.of(job, RecordedJob::liveBriefly);
            COMPOSING = Recording.of(job, RecordedJob::compose);
        }
        try (RecordedJob job = job("gs", "s3")) {
            FROM_GOOGLE = Recording.of(job, RecordedJob::liveBriefly);
        }
    }

    private CrossCloud() {}

    private static RecordedJob job(String source, String destination) {
        return new RecordedJob(source, destination, "");
    }
}
