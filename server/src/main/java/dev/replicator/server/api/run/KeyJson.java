package dev.replicator.server.api.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.replicator.store.ObjectKey;
import java.util.Base64;

/** Keys in JSON: as text, and where they are none, their bytes beside it. */
final class KeyJson {
    private KeyJson() {}

    /** Under {@code name}; bytes that are no UTF-8 also, exactly, under {@code name} + {@code Base64}. */
    static void put(ObjectNode json, String name, byte[] key) {
        put(json, name, ObjectKey.ofBytes(key));
    }

    static void put(ObjectNode json, String name, ObjectKey key) {
        json.put(name, key.text());
        if (!key.isUtf8()) {
            json.put(name + "Base64", Base64.getEncoder().encodeToString(key.bytes()));
        }
    }
}
