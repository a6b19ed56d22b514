package dev.replicator.testkit.contract;

import dev.replicator.store.ObjectKey;

/** Makes the service under test fail on the wire. Each fault strikes the next requests that fit and is then used up. */
public interface WireFaults {
    /** The next {@code requests} requests of any kind are answered with a server error (S3: 503 SlowDown). */
    void refuse(int requests);

    /** The next request that changes this key is carried out, but its answer never arrives. */
    void loseTheAnswerTo(ObjectKey key);

    /** The next answer with this key's bytes breaks off after so many of them, the announced length unchanged. */
    void breakBodyAfter(ObjectKey key, long bytes);
}
