package dev.replicator.testkit.wire;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What goes wrong, and what happens between requests. Rules may be added and removed while the server runs. Of the
 * rules that inject, the first that claims a call is applied; of those that run code, all that do.
 *
 * <pre>{@code
 * script.on(GET_OBJECT).key("a").nth(2).inject(WireFault.truncate(100));
 * script.on(COPY_OBJECT).withProbability(0.3, seed).inject(Fault.slowDown());
 * script.on(COPY_OBJECT).key("a").times(1).before(call -> fake.put("source", "a", changed));
 * }</pre>
 */
public final class FaultScript<O extends Enum<O>, C extends ServerCall<O>> {
    private final List<FaultRule<C>> rules = new CopyOnWriteArrayList<>();

    /** Begins a rule for these operations, or for every one when none is given. */
    @SafeVarargs
    public final FaultMatch<O, C> on(O... operations) {
        return new FaultMatch<>(this, Set.of(operations));
    }

    /** Runs code before each request of this operation for this key. */
    public FaultRule<C> beforeRequest(O operation, String key, Runnable code) {
        return on(operation).key(key).before(call -> code.run());
    }

    /** Runs code after each success of this operation for this key. */
    public FaultRule<C> afterCommit(O operation, String key, Runnable code) {
        return on(operation).key(key).afterCommit(call -> code.run());
    }

    public void remove(FaultRule<C> rule) {
        rules.remove(rule);
    }

    public void clear() {
        rules.clear();
    }

    FaultRule<C> add(FaultRule<C> rule) {
        rules.add(rule);
        return rule;
    }

    /** Runs the code that is to run before this call. */
    public void runBefore(C call) {
        for (FaultRule<C> rule : rules) {
            if (rule.deed() instanceof Deed.RunBefore<C> before && rule.claims(call)) {
                before.code().accept(call);
            }
        }
    }

    /** Runs the code that is to run after this call's success. */
    public void runAfterCommit(C call) {
        for (FaultRule<C> rule : rules) {
            if (rule.deed() instanceof Deed.RunAfterCommit<C> after && rule.claims(call)) {
                after.code().accept(call);
            }
        }
    }

    /** The faults for this call, which thereby count as applied. */
    public FaultPlan claim(C call) {
        for (FaultRule<C> rule : rules) {
            if (rule.deed() instanceof Deed.Inject<C> inject && rule.claims(call)) {
                return new FaultPlan(inject.faults());
            }
        }
        return FaultPlan.NONE;
    }
}
