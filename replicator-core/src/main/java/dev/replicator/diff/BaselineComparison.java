package dev.replicator.diff;

import dev.replicator.baseline.BaselineEntry;
import dev.replicator.baseline.Intent;
import dev.replicator.baseline.ObjectState;
import dev.replicator.baseline.PairBaseline;
import dev.replicator.job.CompareMode;
import dev.replicator.job.ControlKeys;
import dev.replicator.job.KeyFilter;
import dev.replicator.store.Capability;
import dev.replicator.store.Fingerprint;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Page;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the last run's baseline says of a pair, before times are asked. A state is the same when version and size are.
 *
 * <table>
 * <caption>Baseline</caption>
 * <tr><th>source</th><th>destination</th><th>judgement</th></tr>
 * <tr><td>no entry</td><td>any</td><td>NONE</td></tr>
 * <tr><td>same, same time</td><td>same</td><td>UNCHANGED where the mode lets it decide, else NONE</td></tr>
 * <tr><td>another version</td><td>same</td><td>SOURCE_CHANGED</td></tr>
 * <tr><td>written again as it was, or renumbered</td><td>same</td><td>NONE</td></tr>
 * <tr><td>same, same time; or renumbered</td><td>another version</td><td>EDITED</td></tr>
 * <tr><td>changed or written again</td><td>another version</td><td>EDITED_OR_OURS: a killed run may have copied it</td></tr>
 * </table>
 *
 * <p>Renumbered is a file of equal size and time with another inode, as a source that comes out of an image or a checkout
 * shows it on every deploy. Used by one thread.
 */
final class BaselineComparison {
    private final PairBaseline baseline;
    private final KeyFilter filter;
    private final boolean decides;
    private final boolean renumbers;
    private final boolean keepsModified;

    enum Judgement {
        NONE,
        UNCHANGED,
        SOURCE_CHANGED,
        EDITED,
        EDITED_OR_OURS
    }

    BaselineComparison(
            PairBaseline baseline, KeyFilter filter, CompareMode mode, ObjectStore source, ObjectStore destination) {
        this.baseline = baseline;
        this.filter = filter;
        decides = mode == CompareMode.SIZE_AND_MODIFIED || mode == CompareMode.ETAG;
        renumbers = source.capabilities().contains(Capability.KEEPS_MODIFIED);
        keepsModified = destination.capabilities().contains(Capability.KEEPS_MODIFIED);
    }

    /**
     * What is known of a key of the destination's.
     *
     * @param entry of the last run, or of a stopped run that left this object
     * @param perhaps what stopped runs were about to write there, where the listing can't tell whether this is it
     */
    record Known(Optional<BaselineEntry> entry, List<Intent> perhaps) {}

    /** What is known of the key that the destination's cursor stands on. */
    Known known(EntryCursor destination) {
        Optional<BaselineEntry> entry = entryOf(destination);
        List<Intent> intents = baseline.intents(destination.page(), destination.entry());
        if (intents.isEmpty()
                || entry.filter(then -> isStillLeft(then, intents, destination)).isPresent()) {
            return new Known(entry, List.of());
        }
        ObjectMeta left = destination.meta();
        List<Intent> perhaps = new ArrayList<>();
        for (Intent intent : intents) {
            Fingerprint.Verdict verdict =
                    isBeforeLater(intents, intent, left) ? verdict(intent, left) : Fingerprint.Verdict.DIFFERENT;
            if (verdict == Fingerprint.Verdict.EQUAL) {
                return new Known(Optional.of(baseline.adopt(intent, left)), List.of());
            }
            if (verdict == Fingerprint.Verdict.UNKNOWN) {
                perhaps.add(intent);
            }
        }
        return new Known(entry.map(BaselineEntry::overwrittenByOthers), perhaps);
    }

    /**
     * Whether the object was there all the time since its entry was noted. A version that only tells contents apart does not
     * say so: of what stopped runs announced since, one may have come about, and somebody may have set it back after that.
     */
    private boolean isStillLeft(BaselineEntry entry, List<Intent> intents, EntryCursor destination) {
        if (!isLeft(entry, destination) || keepsModified) {
            return isLeft(entry, destination);
        }
        Instant noted = entry.states().destination().modified();
        Instant now = destination.meta().modified();
        return now.equals(noted)
                || intents.stream()
                        .map(Intent::announced)
                        .filter(announced -> announced.isAfter(noted))
                        .noneMatch(now::isAfter);
    }

    /**
     * Whether the object is older than what runs after that one did, whose intents come before its own: they began when it had ended, so what is later, though of
     * its content, was restored by somebody. A directory's times don't tell; there it has to be the very file that they saw.
     */
    private boolean isBeforeLater(List<Intent> intents, Intent intent, ObjectMeta left) {
        return intents.subList(0, intents.indexOf(intent)).stream()
                .filter(other -> !other.runId().equals(intent.runId()))
                .allMatch(later -> keepsModified
                        ? later.replaces().filter(left.version()::equals).isPresent()
                        : !left.modified().isAfter(later.announced()));
    }

    /** Whether that object is the content that was to be written. */
    private Fingerprint.Verdict verdict(Intent intent, ObjectMeta left) {
        if (intent.source().filter(source -> source.size() == left.size()).isEmpty()) {
            return Fingerprint.Verdict.DIFFERENT;
        }
        Fingerprint.Verdict verdict = Fingerprint.compare(intent.content(), left.fingerprints());
        if (verdict != Fingerprint.Verdict.UNKNOWN || !keepsModified) {
            return verdict;
        }
        return isCut(intent.source().orElseThrow().modified(), left.modified())
                ? Fingerprint.Verdict.EQUAL
                : Fingerprint.Verdict.DIFFERENT;
    }

    /**
     * The entry of a key that only the source has; none where a stopped run of ours deleted the destination's. Only the
     * latest counts: what one after it brought back, others deleted.
     */
    Optional<BaselineEntry> entryOfAbsent(EntryCursor source) {
        Optional<BaselineEntry> entry = entryOf(source);
        List<Intent> intents = baseline.intents(source.page(), source.entry());
        if (entry.isEmpty() || intents.isEmpty() || !intents.get(0).deletes()) {
            return entry;
        }
        baseline.forget(entry.get().key());
        return Optional.empty();
    }

    /** The entry of the cursor's key; entries before it are of keys that neither side has any more. */
    private Optional<BaselineEntry> entryOf(EntryCursor cursor) {
        Page page = cursor.page();
        int from = page.keyStart(cursor.entry());
        int to = page.keyEnd(cursor.entry());
        for (Optional<BaselineEntry> entry = baseline.peek(); entry.isPresent(); entry = baseline.peek()) {
            int order = entry.get().key().compareTo(page.keys(), from, to);
            if (order > 0) {
                return Optional.empty();
            }
            baseline.skip();
            if (order == 0) {
                return entry;
            }
            forgetIfInScope(entry.get().key());
        }
        return Optional.empty();
    }

    /** To be called when both sides have ended: what is left is of keys that neither has any more. */
    void end() {
        for (Optional<BaselineEntry> entry = baseline.peek(); entry.isPresent(); entry = baseline.peek()) {
            forgetIfInScope(entry.get().key());
            baseline.skip();
        }
    }

    private void forgetIfInScope(ObjectKey key) {
        byte[] bytes = key.bytes();
        if (!ControlKeys.isControl(bytes, 0, bytes.length) && filter.includes(bytes, 0, bytes.length)) {
            baseline.forget(key);
        }
    }

    /**
     * Whether the destination's listing shows that its object was made from another version than the source's, and not from
     * a later one: what was made from an object of another, later bucket is not to be made anew from this one. Versions of
     * files, which every deploy may number anew, are another only where the file is later than the one that was copied.
     */
    boolean isMadeFromAnother(EntryCursor source, EntryCursor destination) {
        Optional<String> version = note(destination, ObjectMetadata.SOURCE_VERSION);
        if (version.isEmpty()
                || version.get().equals(source.page().version(source.entry()).token())) {
            return false;
        }
        Optional<String> modified = note(destination, ObjectMetadata.MTIME);
        return modified.isPresent() ? mayFollow(modified.get(), source) : !renumbers;
    }

    private static Optional<String> note(EntryCursor object, String name) {
        return object.page().userMetadata(object.entry(), name);
    }

    /** In whole seconds: what carries a tree from here to there may cut its times. */
    private boolean mayFollow(String noted, EntryCursor source) {
        long now = source.page().modifiedSecond(source.entry());
        try {
            long then = Instant.parse(noted).getEpochSecond();
            return renumbers ? now > then : now >= then;
        } catch (DateTimeParseException e) {
            return !renumbers;
        }
    }

    /** Whether there should have been an entry of this key if it were ours. */
    boolean lacks(Optional<BaselineEntry> entry) {
        return entry.isEmpty() && baseline.isKept();
    }

    /** Whether a key without an entry was not there when the last run ended. */
    boolean knows() {
        return baseline.knows();
    }

    Judgement judge(Optional<BaselineEntry> entry, EntryCursor source, EntryCursor destination) {
        if (entry.isEmpty()) {
            return Judgement.NONE;
        }
        ObjectState then = entry.get().states().source();
        boolean sameVersion = then.isVersionOf(source.page(), source.entry());
        boolean sameTime = then.isSizeAndTimeOf(source.page(), source.entry());
        boolean asItWas = sameTime && (sameVersion || renumbers);
        if (!isLeft(entry.get(), destination)) {
            return asItWas ? Judgement.EDITED : Judgement.EDITED_OR_OURS;
        }
        if (sameVersion && sameTime) {
            return decides && baseline.trusts() ? Judgement.UNCHANGED : Judgement.NONE;
        }
        return sameVersion || asItWas || !decides ? Judgement.NONE : Judgement.SOURCE_CHANGED;
    }

    /** Whether the destination is as the last run left it. */
    boolean isLeft(BaselineEntry entry, EntryCursor destination) {
        return entry.states().destination().isVersionOf(destination.page(), destination.entry());
    }

    /** Whether the source's version is the one that the last run knew, with other metadata. */
    static boolean isSourceRetouched(Optional<BaselineEntry> entry, EntryCursor source) {
        return entry.filter(then -> then.states().source().isRetouchedAs(source.page(), source.entry()))
                .isPresent();
    }

    /** Whether the destination's version is the one that the last run left, with other metadata. */
    static boolean isDestinationRetouched(Optional<BaselineEntry> entry, EntryCursor destination) {
        return entry.filter(then -> then.states().destination().isRetouchedAs(destination.page(), destination.entry()))
                .isPresent();
    }

    /** Whether the mode lets a baseline settle a doubt. */
    boolean decides() {
        return decides;
    }

    /**
     * Whether the destination's object has its source's time, cut to milliseconds at most, as only a copy has: nothing
     * else gives an object a time of the past.
     */
    boolean hasSourcesTime(EntryCursor source, EntryCursor destination) {
        return keepsModified
                && isCut(source.meta().modified(), destination.meta().modified());
    }

    private static boolean isCut(Instant source, Instant destination) {
        int cut = source.getNano() - destination.getNano();
        return source.getEpochSecond() == destination.getEpochSecond() && cut >= 0 && cut < 1_000_000;
    }

    /** Notes that a pair is equal, unless the entry says so already, by this rule. */
    void equal(Optional<BaselineEntry> entry, EntryCursor source, EntryCursor destination) {
        boolean known = entry.filter(then -> isLeft(then, destination) && isSource(then, source))
                .isPresent();
        if (!known || !baseline.trusts() || !isMetadata(entry.orElseThrow(), source, destination)) {
            baseline.equal(source.page(), source.entry(), destination.page(), destination.entry());
        }
    }

    /** Notes the states of metadata of a pair that is as its entry says, where the entry was not told them. */
    void unchanged(BaselineEntry entry, EntryCursor source, EntryCursor destination) {
        if (!isMetadata(entry, source, destination)) {
            baseline.equal(source.page(), source.entry(), destination.page(), destination.entry());
        }
    }

    private static boolean isMetadata(BaselineEntry entry, EntryCursor source, EntryCursor destination) {
        return entry.states().source().isMetadataOf(source.page(), source.entry())
                && entry.states().destination().isMetadataOf(destination.page(), destination.entry());
    }

    /** Drops an entry that calls equal what the comparison does not. */
    void contradicted(Optional<BaselineEntry> entry, EntryCursor source, EntryCursor destination) {
        entry.filter(then -> isLeft(then, destination) && isSource(then, source))
                .ifPresent(then -> baseline.forget(then.key()));
    }

    private static boolean isSource(BaselineEntry entry, EntryCursor source) {
        ObjectState then = entry.states().source();
        return then.isVersionOf(source.page(), source.entry()) && then.isSizeAndTimeOf(source.page(), source.entry());
    }
}
