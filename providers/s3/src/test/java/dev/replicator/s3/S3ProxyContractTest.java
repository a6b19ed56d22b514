package dev.replicator.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.store.ByteArrayBody;
import dev.replicator.store.Capability;
import dev.replicator.store.InvalidRequestException;
import dev.replicator.store.KeyRange;
import dev.replicator.store.ListRequest;
import dev.replicator.store.Listing;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMetadata;
import dev.replicator.store.Page;
import dev.replicator.store.Precondition;
import dev.replicator.store.StoreException;
import dev.replicator.store.StoreSettings.Checksums;
import dev.replicator.store.TransferSizes;
import dev.replicator.store.UnprovenListingException;
import dev.replicator.store.WriteOptions;
import dev.replicator.testkit.NaughtyKeys;
import dev.replicator.testkit.contract.ObjectStoreContract;
import dev.replicator.testkit.contract.StoreHarness;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The contract on somebody else's idea of S3. S3Proxy keeps objects in a file system, so keys must be paths, none the
 * folder of another, and sorts them by UTF-16. It keeps no tags, rewrites content types and loses {@code Expires} in
 * copies, lets two writers win where {@code If-Match} should let one, and ignores conditions on a copy's destination.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class S3ProxyContractTest implements ObjectStoreContract {
    private static final int MIB = 1 << 20;
    /** A file name of 255 bytes less the suffix of its temporary file. */
    private static final int LONGEST_NAME = 200;

    private S3Proxy proxy;

    @BeforeAll
    void start() throws Exception {
        proxy = S3Proxy.builder()
                .blobStore(new TransientNio2BlobStore())
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, "proxy-access-key", "proxy-secret-key")
                .build();
        proxy.start();
    }

    @AfterAll
    void stop() throws Exception {
        proxy.stop();
    }

    @Override
    public StoreHarness openHarness() {
        return new S3Harness(new S3Harness.Server(
                URI.create("http://127.0.0.1:" + proxy.getPort()),
                "proxy-access-key",
                "proxy-secret-key",
                EnumSet.of(
                        Capability.SERVER_SIDE_COPY,
                        Capability.CREATE_ONLY_WRITE,
                        Capability.PINNED_READ,
                        Capability.ETAGS),
                Checksums.WHEN_SUPPORTED,
                new TransferSizes(5 * MIB, 5 * MIB, 5 * MIB),
                S3ProxyContractTest::isAPath,
                (one, other) -> !isFolderOf(one, other) && !isFolderOf(other, one)));
    }

    private static boolean isAPath(ObjectKey key) {
        return Arrays.stream(key.text().split("/", -1)).allMatch(S3ProxyContractTest::isAFileName)
                && key.text().chars().noneMatch(c -> c >= Character.MIN_SURROGATE);
    }

    private static boolean isAFileName(String segment) {
        return !segment.isEmpty()
                && !segment.equals(".")
                && !segment.equals("..")
                && segment.getBytes(StandardCharsets.UTF_8).length <= LONGEST_NAME
                && segment.indexOf(0) < 0;
    }

    private static boolean isFolderOf(ObjectKey one, ObjectKey other) {
        return other.text().startsWith(one.text() + "/");
    }

    /** A 400 to a HEAD may mean an object under a customer's key, so it is never taken for absence. */
    @Override
    @Test
    public void takesAKeyItCannotHoldAsAbsent(StoreHarness harness) {
        assertThatThrownBy(() -> harness.store().head(ObjectKey.of(".."))).isInstanceOf(InvalidRequestException.class);
        assertThat(harness.store().head(ObjectKey.of("x".repeat(1_025)))).isEmpty();
    }

    @Override
    @Test
    public void listsInUnsignedUtf8Order(StoreHarness harness) {
        harness.put(ObjectKey.of("\uFFFD"), new byte[1], ObjectMetadata.NONE);
        harness.put(ObjectKey.of("\uD83D\uDE00"), new byte[1], ObjectMetadata.NONE);

        assertThatThrownBy(() -> keys(harness, ListRequest.everything()))
                .isInstanceOf(UnprovenListingException.class)
                .hasMessageContaining("do not ascend");
    }

    /** While a file is being replaced the server shows it without its ETag. */
    @Override
    @Test
    public void showsEveryKeyThatIsThereThroughoutWhileOthersComeAndGo(StoreHarness harness) throws Exception {
        ObjectKey lasting = ObjectKey.of("m/lasting");
        harness.put(lasting, new byte[1], ObjectMetadata.NONE);
        AtomicBoolean over = new AtomicBoolean();
        Thread others = new Thread(() -> {
            for (int i = 0; !over.get(); i = (i + 1) % 10) {
                harness.put(ObjectKey.of("m/other" + i), new byte[1], ObjectMetadata.NONE);
            }
        });
        others.start();
        try {
            for (int i = 0; i < 50; i++) {
                try {
                    assertThat(keys(harness, ListRequest.everything())).contains(lasting);
                } catch (UnprovenListingException e) {
                    assertThat(e).hasMessageContaining("without ETag");
                }
            }
        } finally {
            over.set(true);
            others.join();
        }
    }

    @Override
    @Test
    public void carriesEveryKeyItCanHoldAndRefusesTheOthersUnwritten(StoreHarness harness) {
        List<ObjectKey> written = new ArrayList<>();
        for (String text : NaughtyKeys.all()) {
            ObjectKey key = ObjectKey.of(text);
            if (harness.holds(key) && written.stream().allMatch(other -> harness.holdsTogether(key, other))) {
                harness.store().write(key, ByteArrayBody.of(key.bytes()), WriteOptions.of(Precondition.none()));
                written.add(key);
            }
        }

        assertThatThrownBy(() -> harness.store()
                        .write(ObjectKey.of("."), ByteArrayBody.of(new byte[1]), WriteOptions.of(Precondition.none())))
                .isInstanceOf(StoreException.class);
        assertThat(written).hasSizeGreaterThan(100);
        assertThat(keys(harness, ListRequest.everything()))
                .isEqualTo(written.stream().sorted().toList());
    }

    /** It refuses to start after some texts that could be no file, so ranges lie between files. */
    @Override
    @Test
    public void listsAnyPartOfAnyBucketAsAModelDoes(StoreHarness harness) {
        List<ObjectKey> model = Stream.of("a", "a b", "a+b", "b/a", "b/b", "c%2F", "d/\u00E9", "d/z", "e")
                .map(ObjectKey::of)
                .sorted()
                .toList();
        model.forEach(key -> harness.put(key, new byte[1], ObjectMetadata.NONE));

        for (int lo = 0; lo < model.size(); lo++) {
            for (int hi = lo; hi < model.size(); hi++) {
                KeyRange range = KeyRange.of(model.get(lo), model.get(hi));
                assertThat(keys(harness, ListRequest.everything().within(range).paged(2)))
                        .isEqualTo(model.subList(lo + 1, hi + 1));
            }
        }
    }

    private static List<ObjectKey> keys(StoreHarness harness, ListRequest request) {
        List<ObjectKey> keys = new ArrayList<>();
        try (Listing listing = harness.store().list(request)) {
            for (Optional<Page> page = listing.next(); page.isPresent(); page = listing.next()) {
                for (int i = 0; i < page.get().count(); i++) {
                    keys.add(page.get().key(i));
                }
            }
        }
        return keys;
    }

    @Override
    @Test
    public void leavesNoTraceOfABodyThatBreaks(StoreHarness harness) {
        try {
            ObjectStoreContract.super.leavesNoTraceOfABodyThatBreaks(harness);
        } catch (UnprovenListingException e) {
            Assumptions.abort("skipped: S3Proxy listed an object without ETag while it was being written");
        }
    }

    @Override
    @Test
    public void leavesOtherObjectsAloneWhenACallFails(StoreHarness harness) {
        try {
            ObjectStoreContract.super.leavesOtherObjectsAloneWhenACallFails(harness);
        } catch (UnprovenListingException e) {
            Assumptions.abort("skipped: S3Proxy listed an object without ETag while it was being written");
        }
    }
}
