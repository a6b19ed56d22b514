package dev.replicator.store.wrap;

import dev.replicator.store.BucketCreation;
import dev.replicator.store.BucketRef;
import dev.replicator.store.Capability;
import dev.replicator.store.Fingerprint;
import dev.replicator.store.KeyRules;
import dev.replicator.store.Listing;
import dev.replicator.store.MetadataRules;
import dev.replicator.store.MetadataUpdate;
import dev.replicator.store.ObjectBody;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Overlap;
import dev.replicator.store.Page;
import dev.replicator.store.RequestCounts;
import dev.replicator.store.RequestForecast;
import dev.replicator.store.RequestKind;
import dev.replicator.store.StoreClock;
import dev.replicator.store.Tags;
import dev.replicator.store.UploadSweep;
import dev.replicator.store.Version;
import dev.replicator.store.WriteProof;
import java.io.InputStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Stands in for any interface of the SPI: remembers each call with its arguments and answers something fitting. */
final class RecordingProxy implements InvocationHandler {
    static final BucketRef BUCKET = new BucketRef("test", "endpoint", "", "bucket", "");

    /** A call, its method and arguments. */
    record Call(String type, String method, List<Object> arguments) {}

    final List<Call> calls = new ArrayList<>();

    <T> T of(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, this));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) {
        if (method.getDeclaringClass() == Object.class) {
            return switch (method.getName()) {
                case "hashCode" -> System.identityHashCode(proxy);
                case "equals" -> proxy == arguments[0];
                default -> "a recording proxy";
            };
        }
        List<Object> given = arguments == null ? List.of() : Arrays.asList(arguments);
        calls.add(new Call(method.getDeclaringClass().getSimpleName(), method.getName(), given));
        return answer(method, given);
    }

    private Object answer(Method method, List<Object> given) {
        return switch (method.getName()) {
            case "bucket" -> BUCKET;
            case "capabilities" -> EnumSet.allOf(Capability.class);
            case "copiesFrom", "complete", "saveTo", "overlaps", "isLocal" -> true;
            case "copying", "reading" -> RequestCounts.of(RequestKind.OTHER, 3);
            case "writing" -> new RequestForecast.Writing(RequestCounts.NONE, RequestForecast.Reading.SAVED);
            case "list" -> of(Listing.class);
            case "next" -> Optional.<Page>empty();
            case "head" -> Optional.of(meta((ObjectKey) given.get(0)));
            case "read" -> of(ObjectBody.class);
            case "write" -> meta((ObjectKey) given.get(0));
            case "copyFrom" -> meta((ObjectKey) given.get(2));
            case "role" -> Optional.of(of((Class<?>) given.get(0)));
            case "size" -> 7L;
            case "metadata" -> ObjectMetadata.NONE;
            case "open" -> InputStream.nullInputStream();
            case "file" -> Optional.of(Path.of("/file"));
            case "isCheckedInOrder" -> true;
            case "fingerprints" -> List.of(new Fingerprint(Fingerprint.Algorithm.MD5, "aa"));
            case "tags" -> Map.of("a", "b");
            case "refusal" -> Optional.of("no");
            case "sweep" -> 3;
            case "updating" -> dev.replicator.store.RequestCounts.NONE;
            case "fit" -> new MetadataRules.Fitted(ObjectMetadata.NONE, List.of());
            case "update" -> meta(((ObjectMeta) given.get(0)).key());
            case "lostByCopy" -> List.of();
            case "withOperation" -> ObjectMetadata.NONE;
            case "now" -> Instant.EPOCH;
            case "offset" -> Duration.ofSeconds(5);
            case "delete", "close", "create", "verify" -> null;
            default -> throw new IllegalStateException("what does " + method + " answer?");
        };
    }

    static ObjectMeta meta(ObjectKey key) {
        return new ObjectMeta(key, 7, Instant.EPOCH, new Version("v"));
    }

    ObjectStore store() {
        return of(ObjectStore.class);
    }

    /** Every role there is. */
    static final List<Class<?>> ROLES = List.of(
            Tags.class,
            StoreClock.class,
            UploadSweep.class,
            KeyRules.class,
            MetadataRules.class,
            MetadataUpdate.class,
            BucketCreation.class,
            Overlap.class,
            RequestForecast.class,
            WriteProof.class);
}
