package dev.replicator.filesystem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.replicator.store.ObjectMetadata;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Headers, user metadata and tags of an object, kept as JSON in the extended attribute {@code user.replicator.meta} of
 * its file, together with the file's size and time: when those have moved on, somebody edited the file, and entries
 * about where it was copied from ({@link ObjectMetadata#withoutOurs}) no longer speak of this content.
 *
 * <p>Filesystems without such attributes, or with too little room (ext4 has 4 KiB for all of a file's), still get the
 * object: it is left out in the order of {@link MetadataRoom}. The first loss is logged, all are counted. Thread-safe.
 */
final class FileMetadata {
    private static final Logger log = LoggerFactory.getLogger(FileMetadata.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NAME = "replicator.meta";
    private static final int USUAL = 4096;

    private final Path root;
    private final AtomicBoolean told = new AtomicBoolean();
    private final LongAdder lost = new LongAdder();

    FileMetadata(Path root) {
        this.root = root;
    }

    /** What the attribute says: the state of the file it was written for, and the metadata. */
    record Kept(long size, Instant modified, ObjectMetadata metadata) {}

    /** Objects written here whose metadata did not stay whole. */
    long lost() {
        return lost.sum();
    }

    /** Keeps what it can, in the order of {@link MetadataRoom}, and says what that is. */
    ObjectMetadata write(Path file, long size, Instant modified, ObjectMetadata metadata) {
        ObjectMetadata kept = MetadataRoom.lessAndLess(metadata).stream()
                .filter(less -> put(file, size, modified, less))
                .findFirst()
                .orElse(ObjectMetadata.NONE);
        if (!kept.withoutOurs().equals(metadata.withoutOurs())) {
            lost.increment();
            if (told.compareAndSet(false, true)) {
                log.warn("objects in {} lose metadata: its filesystem has no room for it in extended attributes", root);
            }
        }
        return kept;
    }

    /** Whether the file now keeps exactly that; if not, what it kept before stays. */
    boolean replace(Path file, long size, Instant modified, ObjectMetadata metadata) {
        return put(file, size, modified, metadata)
                || !metadata.ours().isEmpty() && put(file, size, modified, metadata.withoutOurs());
    }

    /** The metadata of the file in that state; a content type by the name where it has none. */
    ObjectMetadata read(Path file, long size, Instant modified, String name) {
        ObjectMetadata found = stored(file, size, modified);
        return found.contentType().isPresent() ? found : found.withContentType(ContentTypes.guess(name));
    }

    /** What is kept for the file in that state. */
    static ObjectMetadata stored(Path file, long size, Instant modified) {
        Optional<Kept> found = find(file);
        boolean isCurrent = found.isPresent()
                && found.get().size() == size
                && found.get().modified().equals(modified);
        ObjectMetadata metadata = found.map(Kept::metadata).orElse(ObjectMetadata.NONE);
        return isCurrent ? metadata : metadata.withoutOurs();
    }

    /** What the attribute of that file or directory says, if it has one. */
    static Optional<Kept> find(Path path) {
        UserDefinedFileAttributeView view = view(path);
        if (view == null) {
            return Optional.empty();
        }
        try {
            return view.list().contains(NAME) ? parsed(bytes(view)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static void remove(Path path) throws IOException {
        UserDefinedFileAttributeView view = view(path);
        if (view != null && view.list().contains(NAME)) {
            view.delete(NAME);
        }
    }

    private static @Nullable UserDefinedFileAttributeView view(Path path) {
        return Files.getFileAttributeView(path, UserDefinedFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }

    /** Bytes that such metadata takes. */
    static int size(long size, Instant modified, ObjectMetadata metadata) {
        try {
            return JSON.writeValueAsBytes(json(size, modified, metadata)).length;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("metadata is always writable", e);
        }
    }

    private static boolean put(Path file, long size, Instant modified, ObjectMetadata metadata) {
        UserDefinedFileAttributeView view = view(file);
        if (view == null) {
            return false;
        }
        try {
            view.write(NAME, ByteBuffer.wrap(JSON.writeValueAsBytes(json(size, modified, metadata))));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static byte[] bytes(UserDefinedFileAttributeView view) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(Math.max(USUAL, view.size(NAME)));
        int length = view.read(NAME, buffer);
        return Arrays.copyOf(buffer.array(), length);
    }

    private static ObjectNode json(long size, Instant modified, ObjectMetadata metadata) {
        ObjectNode json = JSON.createObjectNode();
        json.put("size", size);
        json.put("modified", modified.toString());
        metadata.contentType().ifPresent(value -> json.put("contentType", value));
        metadata.cacheControl().ifPresent(value -> json.put("cacheControl", value));
        metadata.contentEncoding().ifPresent(value -> json.put("contentEncoding", value));
        metadata.contentDisposition().ifPresent(value -> json.put("contentDisposition", value));
        metadata.contentLanguage().ifPresent(value -> json.put("contentLanguage", value));
        metadata.expires().ifPresent(value -> json.put("expires", value));
        putAll(json, "user", metadata.user());
        putAll(json, "tags", metadata.tags());
        return json;
    }

    private static void putAll(ObjectNode json, String field, Map<String, String> values) {
        if (!values.isEmpty()) {
            ObjectNode node = json.putObject(field);
            new TreeMap<>(values).forEach(node::put);
        }
    }

    /** Empty for what we did not write. */
    private static Optional<Kept> parsed(byte[] bytes) {
        try {
            JsonNode json = JSON.readTree(bytes);
            ObjectMetadata metadata = new ObjectMetadata(
                    text(json, "contentType"),
                    text(json, "cacheControl"),
                    text(json, "contentEncoding"),
                    text(json, "contentDisposition"),
                    text(json, "contentLanguage"),
                    text(json, "expires"),
                    texts(json.path("user")),
                    texts(json.path("tags")));
            Instant modified = Instant.parse(json.path("modified").asText());
            return Optional.of(new Kept(json.path("size").asLong(), modified, metadata));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(JsonNode json, String field) {
        JsonNode value = json.path(field);
        return value.isTextual() ? Optional.of(value.asText()) : Optional.empty();
    }

    private static Map<String, String> texts(JsonNode json) {
        Map<String, String> values = new TreeMap<>();
        for (Map.Entry<String, JsonNode> field : json.properties()) {
            values.put(field.getKey(), field.getValue().asText());
        }
        return values;
    }
}
