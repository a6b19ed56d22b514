package dev.replicator.store;

import java.util.Locale;

/**
 * Something of one object's metadata that its destination does not hold, or not as it is in the source.
 *
 * @param field header, user-metadata name, tag or trait
 * @param message what happens to it, for people; names no value
 */
public record MetadataLoss(Kind kind, String field, String message) {
    /** Classes of losses, as reports count them. */
    public enum Kind {
        /** A tag is left behind. */
        TAGS,
        /** Grants of the object's own are left behind. */
        ACL,
        /** GCS's custom time is left behind. */
        CUSTOM_TIME,
        /** The storage class is left behind. */
        STORAGE_CLASS,
        /** A hold, retention or lock is left behind. */
        HOLD,
        /** S3's website redirect is left behind. */
        REDIRECT,
        /** The owner's own encryption key is not that of the copy. */
        ENCRYPTION_KEY,
        /** A user-metadata name shows in lower case; Replicator reads the name back. */
        KEY_CASE,
        /** A user-metadata name shows as another; Replicator reads the name back. */
        KEY_RENAMED,
        /** A value shows encoded (Replicator reads it back) or, a header, is left behind. */
        VALUE_ENCODING,
        /** Left behind because there is more than the destination holds. */
        TOO_LARGE,
        /** The service may unpack the object for its readers. */
        TRANSCODING,
        /** The destination keeps nothing of the kind, or did not keep it. */
        NOT_KEPT;

        /** {@code key-renamed}, {@code tags}, … */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
