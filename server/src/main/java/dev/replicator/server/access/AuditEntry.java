package dev.replicator.server.access;

import java.time.Instant;
import java.util.OptionalInt;

/**
 * What somebody changed, or meant to. Texts that don't apply are empty.
 *
 * @param id sorts by time
 * @param role in lower case
 * @param address the client's, as the connection has it
 * @param route as the API's description has it
 * @param run of the run or plan that it is about, or that it made
 * @param planDigest of the plan that the caller had seen
 * @param keyHash SHA-256 of the idempotency key
 * @param status of the answer; empty: the server went away before there was one
 */
public record AuditEntry(
        String id,
        Instant at,
        String caller,
        String role,
        String address,
        String method,
        String route,
        String job,
        String run,
        String planDigest,
        String keyHash,
        String reason,
        String traceId,
        OptionalInt status) {}
