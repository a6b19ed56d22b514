package dev.replicator.hook.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Who holds a lease. Holds no secret.
 *
 * @param id random, tells our own objects from others'
 * @param deployment the deployment it works for, or why it works
 * @param ttl how long a beat keeps the lease
 */
public record LeaseOwner(String id, String host, long pid, String deployment, Instant startedAt, Duration ttl) {

    public byte[] toBytes() {
        ObjectNode content = Envelope.open();
        content.put("id", id);
        content.put("host", host);
        content.put("pid", pid);
        content.put("deployment", deployment);
        content.put("startedAt", startedAt.toString());
        content.put("ttlMillis", ttl.toMillis());
        return Envelope.seal(content);
    }

    /** Empty for bytes that can't be trusted. */
    public static Optional<LeaseOwner> parse(byte[] bytes) {
        try {
            JsonNode node = Envelope.unseal(bytes);
            return Optional.of(new LeaseOwner(
                    node.path("id").asText(),
                    node.path("host").asText(),
                    node.path("pid").asLong(),
                    node.path("deployment").asText(),
                    Instant.parse(node.path("startedAt").asText()),
                    Duration.ofMillis(node.path("ttlMillis").asLong())));
        } catch (Envelope.MalformedException | Envelope.NewerException | DateTimeException e) {
            return Optional.empty();
        }
    }

    /** For people: who and where. */
    @Override
    public String toString() {
        return host + " pid " + pid;
    }
}
