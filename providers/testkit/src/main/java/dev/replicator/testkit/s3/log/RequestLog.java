package dev.replicator.testkit.s3.log;

import dev.replicator.testkit.s3.fault.Fault;
import dev.replicator.testkit.s3.model.S3Call;
import dev.replicator.testkit.s3.model.S3Operation;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * What was asked of the server, in the order of answering: counters of everything, and the latest requests in full. A
 * request is logged before its answer's first byte is sent, so a client that has its answer finds it here.
 */
public final class RequestLog {
    private final int most;
    private final AtomicLong sequence = new AtomicLong();
    private final Map<S3Operation, LongAdder> counts = new EnumMap<>(S3Operation.class);
    private final Queue<LoggedRequest> requests = new ArrayDeque<>();

    /** Keeps the latest {@code most} requests; with 0 it only counts. */
    public RequestLog(int most) {
        this.most = most;
        Arrays.stream(S3Operation.values()).forEach(operation -> counts.put(operation, new LongAdder()));
    }

    /** The requests kept, oldest first. */
    public List<LoggedRequest> requests() {
        synchronized (requests) {
            return List.copyOf(requests);
        }
    }

    /** The requests kept of these operations. */
    public List<LoggedRequest> requests(S3Operation... operations) {
        List<S3Operation> wanted = List.of(operations);
        return requests().stream()
                .filter(request -> wanted.contains(request.operation()))
                .toList();
    }

    /** The requests kept that asked for a change, whether or not it was granted. */
    public List<LoggedRequest> mutations() {
        return requests().stream()
                .filter(request -> request.operation().mutates())
                .toList();
    }

    /** How many requests there were of an operation since the last reset. */
    public long count(S3Operation operation) {
        LongAdder counter = counts.get(operation);
        return counter == null ? 0 : counter.sum();
    }

    /** How many requests there were since the last reset. */
    public long count() {
        return counts.values().stream().mapToLong(LongAdder::sum).sum();
    }

    /** Forgets all requests and counts from zero. */
    public void reset() {
        synchronized (requests) {
            requests.clear();
        }
        counts.values().forEach(LongAdder::reset);
    }

    /** Adds a request that is about to be answered. */
    public void add(S3Call call, Outcome outcome, List<Fault> faults) {
        LongAdder counter = counts.get(call.operation());
        if (counter != null) {
            counter.increment();
        }
        if (most == 0) {
            return;
        }
        S3Call kept = new S3Call(
                call.operation(), call.method(), call.bucket(), call.key(), call.query(), call.loggableHeaders());
        synchronized (requests) {
            if (requests.size() == most) {
                requests.remove();
            }
            requests.add(new LoggedRequest(
                    sequence.incrementAndGet(),
                    kept,
                    outcome.status(),
                    outcome.errorCode(),
                    outcome.bytesIn(),
                    outcome.bytesOut(),
                    outcome.changedState(),
                    faults));
        }
    }

    /** How a request ended. */
    public record Outcome(int status, String errorCode, long bytesIn, long bytesOut, boolean changedState) {
        /** No answer at all. */
        public static Outcome unanswered(long bytesIn, boolean changedState) {
            return new Outcome(0, "", bytesIn, 0, changedState);
        }
    }
}
