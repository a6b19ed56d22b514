package dev.replicator.baseline;

import dev.replicator.store.KeyPrefix;
import dev.replicator.store.ObjectKey;
import java.util.List;
import java.util.Optional;

/**
 * What a run compares, and how; also what a baseline is about.
 *
 * @param source location and, where given, endpoint
 * @param destination the same
 * @param paths prefix pairs, in order
 * @param rule names the comparison: entries found equal by another prove nothing
 * @param scope tells one filter from another
 */
public record BaselineSubject(String source, String destination, List<Path> paths, String rule, String scope) {
    public BaselineSubject {
        paths = List.copyOf(paths);
    }

    /** The same, compared by another rule. */
    BaselineSubject byRule(String other) {
        return new BaselineSubject(source, destination, paths, other, scope);
    }

    /** A prefix pair. */
    public record Path(String from, String to) {}

    /**
     * Where a prefix pair lies within these.
     *
     * @param pair index of the pair that it is, or that it is a part of
     * @param inner what both its prefixes add to that pair's; may be empty
     */
    record Place(int pair, String inner) {
        /** @param key relative to the inner prefix */
        BaselineKey keyOf(ObjectKey key) {
            return new BaselineKey(pair, key.prependedBy(KeyPrefix.of(inner)));
        }
    }

    Optional<Place> placeOf(Path path) {
        for (int pair = 0; pair < paths.size(); pair++) {
            Path whole = paths.get(pair);
            if (path.from().startsWith(whole.from()) && path.to().startsWith(whole.to())) {
                String inner = path.from().substring(whole.from().length());
                if (path.to().substring(whole.to().length()).equals(inner)) {
                    return Optional.of(new Place(pair, inner));
                }
            }
        }
        return Optional.empty();
    }

    /** Whether this is of the same locations, and each of the other's paths lies within these. */
    boolean covers(BaselineSubject other) {
        return source.equals(other.source)
                && destination.equals(other.destination)
                && other.paths.stream().allMatch(path -> placeOf(path).isPresent());
    }
}
