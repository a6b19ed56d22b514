package dev.replicator.testkit.s3.store;

import dev.replicator.testkit.s3.model.ErrorCode;
import dev.replicator.testkit.s3.model.S3Refusal;
import java.util.Optional;

/** What must hold of a key's current object for a write or a delete to happen. */
public sealed interface WriteCondition {
    /** Refuses unless the condition holds. */
    void check(Optional<StoredObject> current);

    /** Nothing. */
    record None() implements WriteCondition {
        @Override
        public void check(Optional<StoredObject> current) {
            // nothing is asked
        }
    }

    /** There is no object: {@code If-None-Match: *}. */
    record Absent() implements WriteCondition {
        @Override
        public void check(Optional<StoredObject> current) {
            if (current.isPresent()) {
                throw S3Refusal.of(ErrorCode.PRECONDITION_FAILED).with("Condition", "If-None-Match");
            }
        }
    }

    /** There is an object, of this ETag unless it is {@code *}: {@code If-Match}. */
    record Matches(String etag) implements WriteCondition {
        @Override
        public void check(Optional<StoredObject> current) {
            StoredObject object = current.orElseThrow(() -> S3Refusal.of(ErrorCode.NO_SUCH_KEY));
            if (!etag.equals("*") && !etag.equals(object.etag())) {
                throw S3Refusal.of(ErrorCode.PRECONDITION_FAILED).with("Condition", "If-Match");
            }
        }
    }

    /** There is an object of this ETag, or none at all: what some servers make of {@code If-Match}. */
    record MatchesOrAbsent(String etag) implements WriteCondition {
        @Override
        public void check(Optional<StoredObject> current) {
            if (current.isPresent()) {
                new Matches(etag).check(current);
            }
        }
    }
}
