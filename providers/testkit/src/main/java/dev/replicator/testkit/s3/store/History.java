package dev.replicator.testkit.s3.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A key's versions, newest first; never empty. */
public record History(List<Version> versions) {
    public History {
        versions = List.copyOf(versions);
    }

    static History of(Version only) {
        return new History(List.of(only));
    }

    /** The object that the key shows, none when the newest entry is a delete marker. */
    public Optional<StoredObject> current() {
        return versions.get(0) instanceof StoredObject object ? Optional.of(object) : Optional.empty();
    }

    Optional<Version> find(String versionId) {
        return versions.stream()
                .filter(version -> version.versionId().equals(versionId))
                .findFirst();
    }

    History with(Version newest) {
        List<Version> more = new ArrayList<>(versions.size() + 1);
        more.add(newest);
        more.addAll(versions);
        return new History(more);
    }

    /** The other versions, none left when there were none. */
    Optional<History> without(String versionId) {
        List<Version> rest = versions.stream()
                .filter(version -> !version.versionId().equals(versionId))
                .toList();
        return rest.isEmpty() ? Optional.empty() : Optional.of(new History(rest));
    }

    History replaced(String versionId, Version replacement) {
        return new History(versions.stream()
                .map(version -> version.versionId().equals(versionId) ? replacement : version)
                .toList());
    }
}
