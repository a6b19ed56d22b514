package dev.replicator.testkit.gcs.listing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.replicator.testkit.gcs.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Untrue answers with status 200 to a listing; servers and proxies in the wild have given most of them. A lie that
 * {@link #showsInOneListing()} can be told from the truth by a careful reader of one listing from its first page to
 * its last, provided the listing has a prefix, asks for all fields and has at least four objects; the others look
 * true.
 */
public enum LyingListing {
    EMPTY_BODY(true, truth -> new byte[0]),
    HTML_LOGIN_PAGE(
            true,
            truth -> utf8("<html><head><title>Sign in</title></head><body><form action=\"/login\"></form></body>"
                    + "</html>")),
    EMPTY_JSON_OBJECT(true, truth -> utf8("{}")),
    JSON_NULL(true, truth -> utf8("null")),
    JSON_ARRAY(true, truth -> utf8("[]")),
    OTHER_KIND(true, truth -> changed(truth, document -> document.put("kind", "storage#buckets"))),
    KIND_MISSING(true, truth -> changed(truth, document -> document.remove("kind"))),
    ERROR_DOCUMENT(
            true,
            truth -> utf8("{\"error\":{\"code\":503,\"message\":\"Backend Error\",\"errors\":[{\"message\":"
                    + "\"Backend Error\",\"domain\":\"global\",\"reason\":\"backendError\"}]}}")),
    OTHER_BUCKET(
            true, truth -> each(truth, item -> item.put("bucket", truth.bucket().name() + "-other"))),
    /** Well formed, complete, and not an object in it: nothing in it tells. */
    EMPTY_AND_COMPLETE(false, truth -> utf8("{\"kind\":\"storage#objects\"}")),
    /** Half a page that calls itself all: nothing in it tells. */
    CUT_SHORT_AND_COMPLETE(false, truth -> edited(half(truth), document -> document.remove("nextPageToken"))),
    /** Every page is the first half page and leads to itself. */
    SAME_TOKEN_FOR_EVER(
            true, truth -> bytes(truth.answerTo(truth.query().unbounded().withMost(2)))),
    DUPLICATE_NAME(true, truth -> items(truth, items -> items.add(1, items.get(0)))),
    NAMES_OUT_OF_ORDER(true, truth -> items(truth, items -> Collections.swap(items, 0, 1))),
    NAMES_DESCENDING(true, truth -> items(truth, Collections::reverse)),
    NAME_OUTSIDE_PREFIX(true, truth -> items(truth, items -> items.get(0).put("name", "!outside/" + items.size()))),
    /** Starts at the first object whatever the offset or the token say. */
    START_AND_TOKEN_IGNORED(
            true,
            truth -> bytes(truth.answerTo(truth.query()
                    .unbounded()
                    .withMost(Math.max(1, (truth.document().path("items").size() + 1) / 2))))),
    /** Leaves out an object of the middle: nothing in it tells. */
    NAME_LEFT_OUT(false, truth -> items(truth, items -> items.remove(1))),
    NAME_MISSING(true, truth -> items(truth, items -> items.get(1).remove("name"))),
    NAME_EMPTY(true, truth -> items(truth, items -> items.get(0).put("name", ""))),
    SIZE_MISSING(true, truth -> items(truth, items -> items.get(1).remove("size"))),
    SIZE_NOT_A_NUMBER(true, truth -> items(truth, items -> items.get(1).put("size", "12x"))),
    SIZE_NEGATIVE(true, truth -> items(truth, items -> items.get(1).put("size", "-1"))),
    GENERATION_MISSING(true, truth -> items(truth, items -> items.get(1).remove("generation"))),
    TIME_MISSING(true, truth -> items(truth, items -> items.get(1).remove("timeCreated"))),
    NULL_ITEM(
            true,
            truth -> changed(truth, document -> document.withArray("items").insertNull(0))),
    ITEMS_NOT_AN_ARRAY(true, truth -> changed(truth, document -> document.put("items", "none"))),
    EMPTY_TOKEN(true, truth -> changed(truth, document -> document.put("nextPageToken", ""))),
    JSON_CUT_IN_THE_MIDDLE(true, truth -> rewritten(truth, json -> json.substring(0, json.length() * 2 / 3))),
    JSON_WITHOUT_ITS_END(true, truth -> rewritten(truth, json -> json.substring(0, json.length() - 1))),
    BYTES_BEHIND_THE_END(true, truth -> rewritten(truth, json -> json + "<html>bye</html>")),
    TWO_DOCUMENTS(true, truth -> rewritten(truth, json -> json + json)),
    /** The objects a second time, under the same name of a field; most parsers keep the last. */
    FIELD_GIVEN_TWICE(
            true,
            truth -> rewritten(
                    truth, json -> json.substring(0, json.length() - 1) + ",\"items\":[],\"nextPageToken\":\"\"}"));

    private final boolean showsInOneListing;

    @SuppressWarnings("ImmutableEnumChecker") // the functions hold no state
    private final Function<HonestListing, byte[]> telling;

    LyingListing(boolean showsInOneListing, Function<HonestListing, byte[]> telling) {
        this.showsInOneListing = showsInOneListing;
        this.telling = telling;
    }

    /** Whether the listing, read to its end, carries the evidence of the lie. */
    public boolean showsInOneListing() {
        return showsInOneListing;
    }

    /** The body to send instead of the truth. */
    public byte[] tell(HonestListing truth) {
        return telling.apply(truth);
    }

    private static ObjectNode half(HonestListing truth) {
        int half = (truth.document().path("items").size() + 1) / 2;
        return truth.answerTo(truth.query().withMost(Math.max(1, half)));
    }

    private static byte[] changed(HonestListing truth, Consumer<ObjectNode> change) {
        return edited(truth.document(), change);
    }

    private static byte[] edited(ObjectNode document, Consumer<ObjectNode> change) {
        change.accept(document);
        return bytes(document);
    }

    private static byte[] each(HonestListing truth, Consumer<ObjectNode> change) {
        return items(truth, items -> items.forEach(change));
    }

    private static byte[] items(HonestListing truth, Consumer<List<ObjectNode>> change) {
        ObjectNode document = truth.document();
        if (document.get("items") instanceof ArrayNode array && array.size() > 1) {
            List<ObjectNode> items = new ArrayList<>();
            array.forEach(item -> items.add((ObjectNode) item.deepCopy()));
            change.accept(items);
            array.removeAll();
            array.addAll(items);
        }
        return bytes(document);
    }

    private static byte[] rewritten(HonestListing truth, UnaryOperator<String> change) {
        return utf8(change.apply(new String(bytes(truth.document()), StandardCharsets.UTF_8)));
    }

    private static byte[] bytes(ObjectNode document) {
        return Json.bytes(document);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
