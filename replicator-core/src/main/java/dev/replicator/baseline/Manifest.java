package dev.replicator.baseline;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A whole baseline: the content of {@code current.json}.
 *
 * @param runId the run that wrote it
 * @param rule the comparison by which its entries are equal
 * @param whole whether every key was compared, so that absence from it means something
 * @param chunks by pair, then by keys
 */
record Manifest(
        String runId, Instant createdAt, String rule, BaselineSubject subject, boolean whole, List<Chunk> chunks) {
    Manifest {
        chunks = List.copyOf(chunks);
    }

    /** Whether both say the same, whoever wrote them. */
    boolean saysAs(Manifest other) {
        return rule.equals(other.rule) && whole == other.whole && chunks.equals(other.chunks);
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
