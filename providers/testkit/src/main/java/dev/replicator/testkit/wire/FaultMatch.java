package dev.replicator.testkit.wire;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Says which calls a rule is for; every method gives a narrower match, and the last one ({@link #inject}, {@link
 * #before} or {@link #afterCommit}) adds the rule to the script. Unlimited and certain unless said otherwise.
 */
public final class FaultMatch<O extends Enum<O>, C extends ServerCall<O>> {
    private final FaultScript<O, C> script;
    private final Set<O> operations;
    private final Predicate<C> condition;
    private final long skipped;
    private final long most;
    private final double probability;
    private final Random random;

    FaultMatch(FaultScript<O, C> script, Set<O> operations) {
        this(script, operations, call -> true, 0, Long.MAX_VALUE, 1, new Random(0));
    }

    private FaultMatch(
            FaultScript<O, C> script,
            Set<O> operations,
            Predicate<C> condition,
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

    public FaultMatch<O, C> bucket(String bucket) {
        return when(call -> call.bucket().equals(bucket));
    }

    public FaultMatch<O, C> key(String key) {
        return when(call -> call.key().equals(key));
    }

    public FaultMatch<O, C> keyPrefix(String prefix) {
        return when(call -> call.key().startsWith(prefix));
    }

    public FaultMatch<O, C> when(Predicate<C> further) {
        return new FaultMatch<>(script, operations, condition.and(further), skipped, most, probability, random);
    }

    /** Only the {@code n}-th matching call, counted from 1. */
    public FaultMatch<O, C> nth(long n) {
        return skipping(n - 1).times(1);
    }

    /** Lets the first {@code count} matching calls pass. */
    public FaultMatch<O, C> skipping(long count) {
        return new FaultMatch<>(script, operations, condition, count, most, probability, random);
    }

    /** At most {@code count} times. */
    public FaultMatch<O, C> times(long count) {
        return new FaultMatch<>(script, operations, condition, skipped, count, probability, random);
    }

    /** Each matching call with this probability, drawn from a generator of this seed. */
    public FaultMatch<O, C> withProbability(double chance, long seed) {
        return new FaultMatch<>(script, operations, condition, skipped, most, chance, new Random(seed));
    }

    /** Applies all these faults to each matching call. */
    public FaultRule<C> inject(WireFault... faults) {
        return script.add(new FaultRule<>(this, new Deed.Inject<>(List.of(faults))));
    }

    /** Runs code before the call is looked at; the call waits for it. */
    public FaultRule<C> before(Consumer<C> code) {
        return script.add(new FaultRule<>(this, new Deed.RunBefore<>(code)));
    }

    /** Runs code when the call has succeeded and before it is answered. */
    public FaultRule<C> afterCommit(Consumer<C> code) {
        return script.add(new FaultRule<>(this, new Deed.RunAfterCommit<>(code)));
    }

    boolean covers(C call) {
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
