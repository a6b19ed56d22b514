package dev.replicator.testkit.s3.model;

/** A way in which some server that speaks S3 falls short of S3; {@code FakeS3Options.with} switches it on. */
public enum Weakness {
    /** {@code If-Match} and {@code If-None-Match} on a CopyObject's destination have no effect. */
    CONDITIONAL_COPY_IGNORED,
    /** {@code If-Match} and {@code If-None-Match} on CopyObject are answered 501. */
    CONDITIONAL_COPY_REFUSED,
    /** {@code x-amz-copy-source-if-*} has no effect. */
    COPY_SOURCE_CONDITIONS_IGNORED,
    /** {@code If-None-Match: *} on PutObject has no effect. */
    CONDITIONAL_PUT_IGNORED,
    /** {@code If-Match} on PutObject has no effect. */
    IF_MATCH_ON_PUT_IGNORED,
    /** {@code If-Match} on PutObject of a missing key writes instead of failing. */
    IF_MATCH_WRITES_MISSING_KEY,
    /** Conditions on CompleteMultipartUpload have no effect. */
    CONDITIONAL_COMPLETE_IGNORED,
    /** {@code If-Match} on DeleteObject and {@code ETag} in DeleteObjects have no effect. */
    CONDITIONAL_DELETE_IGNORED,
    /** Conditions are checked, then some time passes, then the write happens: two racers may both win. */
    NON_ATOMIC_CONDITIONS,
    /** Listings round LastModified down to whole seconds. */
    WHOLE_SECOND_TIMES,
    /** Tagging operations and headers are answered 501. */
    NO_TAGS,
    /** {@code start-after} has no effect. */
    START_AFTER_IGNORED,
    /** {@code encoding-type} has no effect: keys come raw and no EncodingType is echoed. */
    ENCODING_TYPE_IGNORED,
    /** Checksum trailers are answered 400. */
    TRAILERS_REFUSED,
    /** Checksums are neither verified nor stored. */
    CHECKSUMS_IGNORED,
    /** ETags of objects and parts look like MD5s and are not, and no answer says why. */
    FOREIGN_ETAGS,
    /** The same of parts alone: objects' are MD5s. */
    FOREIGN_PART_ETAGS,
    /** DeleteObjects insists on Content-MD5. */
    BULK_DELETE_NEEDS_CONTENT_MD5,
    /** DeleteObjects is answered 501. */
    NO_BULK_DELETE,
    /** Keys are listed in no useful order, as directory buckets do. */
    UNORDERED_LISTING,
    /** Keys are listed in the order of UTF-16 code units. */
    UTF16_ORDER,
    /** Neither signatures nor clocks nor payload hashes are checked. */
    NO_SIGNATURES
}
