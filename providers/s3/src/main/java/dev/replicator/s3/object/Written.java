package dev.replicator.s3.object;

import dev.replicator.s3.client.Call;
import dev.replicator.store.CorruptObjectException;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.remote.ServerTime;
import software.amazon.awssdk.services.s3.model.S3Response;

/** What a write made. Some servers (Ceph) complete a multipart upload without naming its ETag: then one head does. */
record Written(ObjectHeads heads, ServerTime time) {
    ObjectMeta of(Call call, ObjectKey key, long size, S3Response answer) {
        if (!ETags.bare(ObjectAnswers.field(answer, "ETag", String.class).orElse(""))
                .isEmpty()) {
            return ObjectAnswers.written(call, key, size, answer, time);
        }
        return heads.head(call, key)
                .filter(found -> found.size() == size)
                .orElseThrow(() -> new CorruptObjectException(call + ": no such object afterwards"));
    }
}
