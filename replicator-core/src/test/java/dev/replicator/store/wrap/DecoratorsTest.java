package dev.replicator.store.wrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.store.BucketCreation;
import dev.replicator.store.BucketRef;
import dev.replicator.store.ByteArrayBody;
import dev.replicator.store.KeyPrefix;
import dev.replicator.store.KeyRange;
import dev.replicator.store.ListRequest;
import dev.replicator.store.ListedMetadata;
import dev.replicator.store.Listing;
import dev.replicator.store.MetadataUpdate;
import dev.replicator.store.ObjectBody;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Overlap;
import dev.replicator.store.Precondition;
import dev.replicator.store.RequestForecast;
import dev.replicator.store.RetrySettings;
import dev.replicator.store.StoreException;
import dev.replicator.store.StoreProvider;
import dev.replicator.store.UploadSweep;
import dev.replicator.store.WriteOptions;
import dev.replicator.store.WriteProof;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each decorator hands on every method and every role there is; a new one that is forgotten somewhere fails here. */
class DecoratorsTest {
    private static final ObjectKey KEY = ObjectKey.of("k");
    private static final KeyPrefix PREFIX = KeyPrefix.of("p/");
    private static final BucketRef SOURCE = new BucketRef("test", "", "", "source", "");

    private final RecordingProxy recording = new RecordingProxy();

    /** All of them. */
    enum Decorator {
        PACED(store -> new RateLimitedObjectStore(store, new Pace("test", 4, 0, System::nanoTime))),
        RETRYING(store -> new RetryingObjectStore(
                store, new Retries("test", RetrySettings.DEFAULT, RetryBudget.ofRun(), System::nanoTime))),
        READ_ONLY(ReadOnlyObjectStore::new),
        PREFIXED(store -> PrefixedObjectStore.of(store, PREFIX));

        private final UnaryOperator<ObjectStore> around;

        Decorator(UnaryOperator<ObjectStore> around) {
            this.around = around;
        }
    }

    private ObjectStore decorated(Decorator decorator) {
        return decorator.around.apply(recording.store());
    }

    private static Object argument(Class<?> type) {
        if (type == ObjectKey.class) {
            return KEY;
        }
        if (type == ObjectMeta.class) {
            return RecordingProxy.meta(KEY);
        }
        if (type == BucketRef.class) {
            return SOURCE;
        }
        if (type == KeyPrefix.class) {
            return KeyPrefix.of("under/");
        }
        if (type == ListRequest.class) {
            return ListRequest.everything();
        }
        if (type == ObjectBody.class) {
            return ByteArrayBody.of(new byte[7]);
        }
        if (type == WriteOptions.class) {
            return WriteOptions.of(Precondition.absent());
        }
        if (type == KeyPrefix.class) {
            return KeyPrefix.of("q/");
        }
        if (type == ObjectMetadata.class) {
            return ObjectMetadata.NONE;
        }
        if (type == Precondition.class) {
            return Precondition.none();
        }
        if (type == Class.class) {
            return dev.replicator.store.StoreClock.class;
        }
        if (type == long.class) {
            return 2L;
        }
        if (type == RequestForecast.Reading.class) {
            return RequestForecast.Reading.byRanges(3);
        }
        if (type == Path.class) {
            return Path.of("/there");
        }
        if (type == Optional.class) {
            return Optional.of("run-1/7");
        }
        if (type == Instant.class) {
            return Instant.EPOCH;
        }
        throw new IllegalStateException("no sample of " + type);
    }

    private static Object call(Object target, Method method) {
        try {
            return method.invoke(
                    target,
                    Arrays.stream(method.getParameterTypes())
                            .map(DecoratorsTest::argument)
                            .toArray());
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Calls every method of the interface on the decorated and expects it on what is decorated. */
    private void assertForwardsAll(Object decorated, Class<?> type, Set<String> exceptions) {
        for (Method method : type.getMethods()) {
            if (Modifier.isStatic(method.getModifiers()) || exceptions.contains(method.getName())) {
                continue;
            }
            recording.calls.clear();

            call(decorated, method);

            assertThat(recording.calls)
                    .as("%s of %s", method.getName(), decorated.getClass().getSimpleName())
                    .anyMatch(seen -> seen.method().equals(method.getName())
                            && seen.arguments().size() == method.getParameterCount());
        }
    }

    private static final Set<String> WRITES = Set.of("write", "copyFrom", "delete");

    @ParameterizedTest
    @EnumSource(Decorator.class)
    void handsOnEveryMethodOfAStore(Decorator decorator) {
        Set<String> refused =
                decorator == Decorator.READ_ONLY ? Set.of("write", "copyFrom", "delete", "copiesFrom") : Set.of();
        assertForwardsAll(decorated(decorator), ObjectStore.class, refused);
    }

    @ParameterizedTest
    @EnumSource(Decorator.class)
    void handsOnEveryMethodOfAListing(Decorator decorator) {
        assertForwardsAll(decorated(decorator).list(ListRequest.everything()), Listing.class, Set.of());
    }

    @ParameterizedTest
    @EnumSource(Decorator.class)
    void handsOnEveryMethodOfABody(Decorator decorator) {
        assertForwardsAll(decorated(decorator).read(RecordingProxy.meta(KEY)), ObjectBody.class, Set.of());
    }

    @Test
    void aBodyThatIsWrittenIsHandedOnWhole() {
        assertForwardsAll(new SourceFailures(recording.of(ObjectBody.class)), ObjectBody.class, Set.of());
    }

    @ParameterizedTest
    @EnumSource(Decorator.class)
    void handsOnEveryRoleAndItsMethods(Decorator decorator) {
        for (Class<?> role : RecordingProxy.ROLES) {
            if (decorator == Decorator.READ_ONLY && MUTATING_ROLES.contains(role)) {
                continue;
            }
            Object handedOn = decorated(decorator).role(role).orElseThrow();
            assertForwardsAll(handedOn, role, Set.of());
        }
    }

    private static final Set<Class<?>> MUTATING_ROLES =
            Set.of(UploadSweep.class, BucketCreation.class, MetadataUpdate.class, WriteProof.class);

    /** A new interface in the package is either a role, listed and classified here, or part of the SPI. */
    @Test
    void noRoleIsUnknownHere() throws IOException {
        Set<Class<?>> spi = Set.of(
                ObjectStore.class,
                Listing.class,
                ListedMetadata.class,
                ObjectBody.class,
                StoreProvider.class,
                Precondition.class);
        List<Class<?>> interfaces = new ArrayList<>();
        for (String name : classNames()) {
            Class<?> type = load(name);
            if (type.isInterface() && !type.isAnnotation() && !spi.contains(type) && !name.endsWith("package-info")) {
                interfaces.add(type);
            }
        }

        assertThat(interfaces).containsExactlyInAnyOrderElementsOf(RecordingProxy.ROLES);
    }

    private static List<String> classNames() throws IOException {
        java.net.URL at = ObjectStore.class.getResource("ObjectStore.class");
        if (at.getProtocol().equals("jar")) {
            try (FileSystem jar = FileSystems.newFileSystem(java.net.URI.create(at.toString()), java.util.Map.of())) {
                return namesIn(jar.getPath("dev/replicator/store"));
            }
        }
        return namesIn(Path.of(java.net.URI.create(at.toString())).getParent());
    }

    private static List<String> namesIn(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".class") && !file.contains("$"))
                    .map(file -> "dev.replicator.store." + file.replace(".class", ""))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void readOnlyWritesNothing() {
        ObjectStore readOnly = decorated(Decorator.READ_ONLY);
        for (Method method : ObjectStore.class.getMethods()) {
            if (WRITES.contains(method.getName())) {
                assertThatThrownBy(() -> call(readOnly, method)).isInstanceOf(UnsupportedOperationException.class);
            }
        }
        for (Class<?> role : MUTATING_ROLES) {
            assertThat(readOnly.role(role)).as(role.getSimpleName()).isEmpty();
        }
        assertThat(readOnly.copiesFrom(SOURCE)).isFalse();
        assertThat(recording.calls).extracting(RecordingProxy.Call::method).doesNotContainAnyElementsOf(WRITES);
    }

    private Object lastArgument(int index) {
        return recording.calls.get(recording.calls.size() - 1).arguments().get(index);
    }

    @Test
    void aPrefixIsAddedToEveryKeyOnTheWayInAndCutOnTheWayOut() {
        ObjectStore prefixed = decorated(Decorator.PREFIXED);
        ObjectKey full = ObjectKey.of("p/k");

        assertThat(prefixed.head(KEY)).map(ObjectMeta::key).contains(KEY);
        assertThat(lastArgument(0)).isEqualTo(full);
        assertThat(prefixed.write(KEY, ByteArrayBody.of(new byte[1]), WriteOptions.of(Precondition.none()))
                        .key())
                .isEqualTo(KEY);
        assertThat(lastArgument(0)).isEqualTo(full);
        assertThat(prefixed.copyFrom(
                                SOURCE,
                                RecordingProxy.meta(ObjectKey.of("source")),
                                KEY,
                                WriteOptions.of(Precondition.none()))
                        .key())
                .isEqualTo(KEY);
        assertThat(lastArgument(2)).isEqualTo(full);
        assertThat(lastArgument(1))
                .as("a source keeps its full key")
                .isEqualTo(RecordingProxy.meta(ObjectKey.of("source")));
        prefixed.delete(KEY, Precondition.none());
        assertThat(lastArgument(0)).isEqualTo(full);
        prefixed.read(RecordingProxy.meta(KEY));
        assertThat(lastArgument(0)).isEqualTo(RecordingProxy.meta(full));
        for (Class<?> role :
                List.of(dev.replicator.store.Tags.class, UploadSweep.class, dev.replicator.store.KeyRules.class)) {
            Object handedOn = prefixed.role(role).orElseThrow();
            for (Method method : role.getMethods()) {
                call(handedOn, method);
                assertThat(lastArgument(0)).as(role.getSimpleName()).isEqualTo(full);
            }
        }
    }

    @Test
    void aPrefixIsAddedToTheObjectWhoseMetadataChangesAndCutFromTheAnswer() {
        MetadataUpdate update =
                decorated(Decorator.PREFIXED).role(MetadataUpdate.class).orElseThrow();

        ObjectMeta answer = update.update(RecordingProxy.meta(KEY), ObjectMetadata.NONE, Precondition.none());

        assertThat(lastArgument(0)).isEqualTo(RecordingProxy.meta(ObjectKey.of("p/k")));
        assertThat(answer.key()).isEqualTo(KEY);
    }

    @Test
    void aPrefixIsAddedToTheObjectWhoseBytesAreProven() {
        WriteProof proof = decorated(Decorator.PREFIXED).role(WriteProof.class).orElseThrow();

        proof.verify(RecordingProxy.meta(KEY), ByteArrayBody.of(new byte[7]));

        assertThat(lastArgument(0)).isEqualTo(RecordingProxy.meta(ObjectKey.of("p/k")));
    }

    @Test
    void aPrefixIsAddedToTheRangeOfAListing() {
        ObjectStore prefixed = decorated(Decorator.PREFIXED);

        prefixed.list(ListRequest.of(KeyPrefix.of("q/"))
                .within(KeyRange.of(ObjectKey.of("q/a"), ObjectKey.of("q/b")))
                .paged(9));
        ListRequest within = (ListRequest) lastArgument(0);
        assertThat(within)
                .isEqualTo(new ListRequest(
                        KeyPrefix.of("p/q/"), KeyRange.of(ObjectKey.of("p/q/a"), ObjectKey.of("p/q/b")), 9));

        prefixed.list(ListRequest.everything().withMetadata());
        assertThat(((ListRequest) lastArgument(0)).metadata()).isTrue();

        prefixed.list(ListRequest.everything());
        assertThat(lastArgument(0))
                .as("the folder marker is left out")
                .isEqualTo(ListRequest.of(PREFIX).within(KeyRange.after(ObjectKey.of("p/"))));
    }

    @Test
    void aPrefixIsAddedToThePlaceThatMayOverlap() {
        Overlap prefixed = decorated(Decorator.PREFIXED).role(Overlap.class).orElseThrow();

        prefixed.overlaps(KeyPrefix.of("q/"), SOURCE, KeyPrefix.of("r/"));

        assertThat(recording.calls.get(recording.calls.size() - 1).arguments())
                .containsExactly(KeyPrefix.of("p/q/"), SOURCE, KeyPrefix.of("r/"));
    }

    @Test
    void anEmptyPrefixIsNoDecoration() {
        ObjectStore store = recording.store();

        assertThat(PrefixedObjectStore.of(store, KeyPrefix.NONE)).isSameAs(store);
    }

    @Test
    void everyDecoratorIsFinal() {
        for (Decorator decorator : Decorator.values()) {
            assertThat(decorated(decorator).getClass()).isFinal();
        }
        assertThat(StoreException.class.isSealed()).isTrue();
    }
}
