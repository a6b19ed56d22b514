package dev.replicator.testkit.gcs.store;

import dev.replicator.testkit.objects.Content;
import java.util.List;

/** An object about to be written. */
public record Draft(String name, Content content, Fingerprint fingerprint, int componentCount, ObjectFields fields) {
    public static Draft of(String name, Content content, ObjectFields fields) {
        return new Draft(name, content, Fingerprint.of(content), 0, fields);
    }

    /** A copy, which keeps what is known of the bytes. */
    public static Draft copy(StoredObject source, String name, ObjectFields fields) {
        return new Draft(name, source.content(), source.fingerprint(), source.componentCount(), fields);
    }

    /** Objects one after the other. */
    public static Draft composed(List<StoredObject> components, String name, ObjectFields fields) {
        Content content =
                Content.joined(components.stream().map(StoredObject::content).toList());
        int count = components.stream()
                .mapToInt(component -> Math.max(1, component.componentCount()))
                .sum();
        return new Draft(name, content, Fingerprint.composed(components), count, fields);
    }

    public Draft named(String other) {
        return new Draft(other, content, fingerprint, componentCount, fields);
    }
}
