package dev.replicator.filesystem;

import dev.replicator.store.BucketNotFoundException;
import dev.replicator.store.CorruptObjectException;
import dev.replicator.store.InvalidRequestException;
import dev.replicator.store.ObjectNotFoundException;
import dev.replicator.store.StaleObjectException;
import dev.replicator.store.StoreException;
import dev.replicator.store.TransientStoreException;
import dev.replicator.store.TransientStoreException.Trouble;
import java.io.IOException;
import java.util.Optional;

/** What we find wrong ourselves, before the system has to: a reason, which {@link FileErrors} makes a whole message of. */
final class FileProblem extends IOException {
    private static final long serialVersionUID = 1L;

    /** What is wrong. */
    enum Kind {
        /** The bucket's directory is missing or none. */
        NO_ROOT,
        /** The object is not there. */
        ABSENT,
        /** A precondition or the version read does not hold. */
        STALE,
        /** The key can't be a file here. */
        UNFIT_KEY,
        /** What is there is no object. */
        NO_OBJECT,
        /** Bytes are missing or too many. */
        CORRUPT,
        /** The filesystem has no room for an object's metadata. */
        METADATA,
        /** Others change what is there faster than this call gets on; later it may pass. */
        BUSY
    }

    private final Kind kind;

    FileProblem(Kind kind, String reason) {
        super(reason);
        this.kind = kind;
    }

    FileProblem(Kind kind, String reason, Throwable cause) {
        super(reason, cause);
        this.kind = kind;
    }

    static FileProblem unfit(String reason) {
        return new FileProblem(Kind.UNFIT_KEY, "the key can't be kept in a directory: " + reason);
    }

    static FileProblem stale(String reason) {
        return new FileProblem(Kind.STALE, reason);
    }

    static FileProblem noRoomForMetadata() {
        return new FileProblem(
                Kind.METADATA, "its filesystem has no room for the object's metadata in extended attributes");
    }

    Kind kind() {
        return kind;
    }

    /** @param message verb, key, bucket and reason */
    StoreException translated(String message) {
        return switch (kind) {
            case NO_ROOT -> new BucketNotFoundException(message, this);
            case ABSENT -> new ObjectNotFoundException(message, this);
            case STALE -> new StaleObjectException(message, this);
            case UNFIT_KEY -> new InvalidRequestException(InvalidRequestException.Why.UNSAFE_KEY, message, this);
            case NO_OBJECT -> new InvalidRequestException(message, this);
            case METADATA -> new InvalidRequestException(InvalidRequestException.Why.METADATA, message, this);
            case CORRUPT -> new CorruptObjectException(message, this);
            case BUSY -> new TransientStoreException(Trouble.THROTTLED, message, Optional.empty(), this);
        };
    }
}
