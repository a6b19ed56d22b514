package dev.replicator.baseline;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A whole baseline: the content of {@code current.json}.
 *
 * @param runId the run that wrote it
 * @param whole whether every key in scope was compared, so that absence from it means something
 * @param chunks by pair, then by keys
 */
record Manifest(String runId, Instant createdAt, BaselineSubject subject, boolean whole, List<Chunk> chunks) {
    Manifest {
        chunks = List.copyOf(chunks);
    }

    /** Whether both say the same, whoever wrote them. */
    boolean saysAs(Manifest other) {
        return subject.equals(other.subject) && whole == other.whole && chunks.equals(other.chunks);
    }

    List<Chunk> chunksOf(int pair) {
        return chunks.stream().filter(chunk -> chunk.pair() == pair).toList();
    }

    Set<String> names() {
        return chunks.stream().map(Chunk::name).collect(Collectors.toUnmodifiableSet());
    }

    long entries() {
        return chunks.stream().mapToLong(Chunk::entries).sum();
    }
}
