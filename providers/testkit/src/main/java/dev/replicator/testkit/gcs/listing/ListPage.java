package dev.replicator.testkit.gcs.listing;

import dev.replicator.testkit.gcs.store.StoredObject;
import java.util.List;
import java.util.Optional;

/** One answer to a listing; there is a token where there is more. */
public record ListPage(List<StoredObject> objects, List<String> prefixes, Optional<String> nextToken) {
    public ListPage {
        objects = List.copyOf(objects);
        prefixes = List.copyOf(prefixes);
    }
}
