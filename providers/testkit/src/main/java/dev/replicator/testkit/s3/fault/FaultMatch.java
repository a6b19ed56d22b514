package dev.replicator.testkit.s3.fault;

import dev.replicator.testkit.s3.model.S3Call;
import dev.replicator.testkit.s3.model.S3Operation;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Says which calls a rule is for; every method gives a narrower match, and the last one ({@link #inject}, {@link
 * #before} or {@link #afterCommit}) adds the rule to the script. Unlimited and certain unless said otherwise.
 */
public final class FaultMatch {
    private final FaultScript script;
    private final Set<S3Operation> operations;
    private final Predicate<S3Call> condition;
    private final long skipped;
    private final long most;
    private final double probability;
    private final Random random;

    FaultMatch(FaultScript script, Set<S3Operation> operations) {
        this(script, operations, call -> true, 0, Long.MAX_VALUE, 1, new Random(0));
    }

    private FaultMatch(
            FaultScript script,
            Set<S3Operation> operations,
            Predicate<S3Call> condition,
            long skipped,
            long most,
            double probability,
            Random random) {
        this.script = script;
        this.operations = Set.copyOf(operations);
        this.condition = condition;
        this.skipped = skipped;
        this.most = most;
        this.probability = probability;
        this.random = random;
    }

    public FaultMatch bucket(String bucket) {
        return when(call -> call.bucket().equals(bucket));
    }

    public FaultMatch key(String key) {
        return when(call -> call.key().equals(key));
    }

    public FaultMatch keyPrefix(String prefix) {
        return when(call -> call.key().startsWith(prefix));
    }

    public FaultMatch when(Predicate<S3Call> further) {
        return new FaultMatch(script, operations, condition.and(further), skipped, most, probability, random);
    }

    /** Only the {@code n}-th matching call, counted from 1. */
    public FaultMatch nth(long n) {
        return skipping(n - 1).times(1);
    }

    /** Lets the first {@code count} matching calls pass. */
    public FaultMatch skipping(long count) {
        return new FaultMatch(script, operations, condition, count, most, probability, random);
    }

    /** At most {@code count} times. */
    public FaultMatch times(long count) {
        return new FaultMatch(script, operations, condition, skipped, count, probability, random);
    }

    /** Each matching call with this probability, drawn from a generator of this seed. */
    public FaultMatch withProbability(double chance, long seed) {
        return new FaultMatch(script, operations, condition, skipped, most, chance, new Random(seed));
    }

    /** Applies all these faults to each matching call. */
    public FaultRule inject(Fault... faults) {
        return script.add(new FaultRule(this, new Deed.Inject(List.of(faults))));
    }

    /** Runs code before the call is looked at; the call waits for it. */
    public FaultRule before(Consumer<S3Call> code) {
        return script.add(new FaultRule(this, new Deed.RunBefore(code)));
    }

    /** Runs code when the call has succeeded and before it is answered. */
    public FaultRule afterCommit(Consumer<S3Call> code) {
        return script.add(new FaultRule(this, new Deed.RunAfterCommit(code)));
    }

    boolean covers(S3Call call) {
        return (operations.isEmpty() || operations.contains(call.operation())) && condition.test(call);
    }

    long skipped() {
        return skipped;
    }

    long most() {
        return most;
    }

    boolean drawn() {
        return probability >= 1 || random.nextDouble() < probability;
    }
}
