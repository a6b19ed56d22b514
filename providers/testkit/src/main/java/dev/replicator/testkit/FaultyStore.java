package dev.replicator.testkit;

import dev.replicator.store.BucketRef;
import dev.replicator.store.Capability;
import dev.replicator.store.ListRequest;
import dev.replicator.store.Listing;
import dev.replicator.store.MetadataUpdate;
import dev.replicator.store.ObjectBody;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Precondition;
import dev.replicator.store.Tags;
import dev.replicator.store.WriteOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * A store that fails on cue, and remembers every call that reached it.
 *
 * <pre>{@code
 * FaultyStore source = new FaultyStore(memory);
 * source.on(READ).key("a.txt").nth(1).breaksAfter(100);
 * source.on(LIST_PAGE).nth(2).lies(REPEATED_PAGE);
 * destination.on(WRITE).first(2).losesItsAnswer();
 * source.on(HEAD).runsAfter(() -> bucket.put("a.txt", "newer", now));
 * }</pre>
 *
 * <p>Several lines may strike one call, in the order of the script. Thread-safe; the script may grow while calls run.
 */
public final class FaultyStore implements ObjectStore {
    private final ObjectStore delegate;
    private final List<FaultScript.Line> script = new CopyOnWriteArrayList<>();
    private final List<StoreCall> calls = new CopyOnWriteArrayList<>();

    public FaultyStore(ObjectStore delegate) {
        this.delegate = delegate;
    }

    /** Begins a line of the script. */
    public FaultScript on(StoreOperation operation) {
        return new FaultScript(this, operation);
    }

    /** Forgets the script; the calls stay. */
    public FaultyStore heal() {
        script.clear();
        return this;
    }

    /** Every call so far, failed ones too, in the order they came. */
    public List<StoreCall> calls() {
        return List.copyOf(calls);
    }

    public List<StoreCall> calls(StoreOperation operation) {
        return calls.stream().filter(call -> call.operation() == operation).toList();
    }

    /** The calls that could have changed the bucket. */
    public List<StoreCall> mutations() {
        return calls.stream().filter(call -> call.operation().mutates()).toList();
    }

    FaultyStore add(FaultScript.Line line) {
        script.add(line);
        return this;
    }

    /** Remembers the call and finds what shall happen to it. */
    List<Fault> struck(StoreCall call) {
        calls.add(call);
        List<Fault> faults = new ArrayList<>();
        for (FaultScript.Line line : script) {
            if (line.strikes(call)) {
                faults.add(line.fault());
            }
        }
        return faults;
    }

    static void before(List<Fault> faults) {
        for (Fault fault : faults) {
            if (fault instanceof Fault.RunBefore run) {
                run.hook().run();
            }
            if (fault instanceof Fault.FailBefore fail) {
                throw fail.failure().get();
            }
        }
    }

    static void after(List<Fault> faults) {
        for (Fault fault : faults) {
            if (fault instanceof Fault.RunAfter run) {
                run.hook().run();
            }
            if (fault instanceof Fault.FailAfter fail) {
                throw fail.failure().get();
            }
        }
    }

    <T> T call(StoreOperation operation, ObjectKey key, Supplier<T> effect) {
        List<Fault> faults = struck(new StoreCall(operation, Optional.of(key)));
        before(faults);
        T result = effect.get();
        after(faults);
        return result;
    }

    @Override
    public BucketRef bucket() {
        return delegate.bucket();
    }

    @Override
    public Set<Capability> capabilities() {
        return delegate.capabilities();
    }

    @Override
    public boolean copiesFrom(BucketRef source) {
        return delegate.copiesFrom(source);
    }

    @Override
    public Listing list(ListRequest request) {
        return new FaultyListing(delegate.list(request), this);
    }

    @Override
    public Optional<ObjectMeta> head(ObjectKey key) {
        return call(StoreOperation.HEAD, key, () -> delegate.head(key));
    }

    @Override
    public ObjectBody read(ObjectMeta object) {
        return new FaultyBody(delegate.read(object), this, object.key());
    }

    @Override
    public ObjectMeta write(ObjectKey key, ObjectBody body, WriteOptions options) {
        return call(StoreOperation.WRITE, key, () -> delegate.write(key, body, options));
    }

    @Override
    public ObjectMeta copyFrom(BucketRef source, ObjectMeta object, ObjectKey key, WriteOptions options) {
        return call(StoreOperation.COPY, key, () -> delegate.copyFrom(source, object, key, options));
    }

    @Override
    public void delete(ObjectKey key, Precondition precondition) {
        call(StoreOperation.DELETE, key, () -> {
            delegate.delete(key, precondition);
            return key;
        });
    }

    @Override
    public <R> Optional<R> role(Class<R> role) {
        Optional<R> found = delegate.role(role);
        if (role == Tags.class) {
            return found.map(tags -> role.cast(faulty((Tags) tags)));
        }
        if (role == MetadataUpdate.class) {
            return found.map(update -> role.cast(faulty((MetadataUpdate) update)));
        }
        return found;
    }

    private MetadataUpdate faulty(MetadataUpdate update) {
        return (seen, metadata, precondition) ->
                call(StoreOperation.UPDATE, seen.key(), () -> update.update(seen, metadata, precondition));
    }

    private Tags faulty(Tags tags) {
        return key -> call(StoreOperation.TAGS, key, () -> tags.tags(key));
    }

    @Override
    public void close() {
        delegate.close();
    }
}
