package dev.replicator.store;

import java.util.Map;

/** Role: reads an object's tags, which a head does not show. */
public interface Tags {
    Map<String, String> tags(ObjectKey key);
}
