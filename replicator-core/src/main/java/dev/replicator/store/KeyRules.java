package dev.replicator.store;

import java.util.Optional;

/** Role: tells, without touching the store, which keys it can never hold. */
public interface KeyRules {
    /** Why this key can't be held, in a few words; empty when nothing speaks against it. */
    Optional<String> refusal(ObjectKey key);
}
