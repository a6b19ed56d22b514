package dev.replicator.testkit.s3.listing;

import dev.replicator.testkit.s3.store.StoredObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Untrue answers with status 200 to a listing; servers and proxies in the wild have given most of them. A lie that
 * {@link #showsInOneListing()} can be told from the truth by a careful reader of one listing from its first page to
 * its last, provided the listing has a prefix, asks for {@code encoding-type=url} and has at least four keys; the
 * others look true.
 */
public enum LyingListing {
    EMPTY_BODY(true, truth -> new byte[0]),
    HTML_LOGIN_PAGE(
            true,
            truth -> utf8("<html xmlns=\"http://www.w3.org/1999/xhtml\"><head><title>Sign in</title></head>"
                    + "<body><form action=\"/login\"></form></body></html>")),
    BARE_ROOT_ELEMENT(true, truth -> utf8("<?xml version=\"1.0\" encoding=\"UTF-8\"?><ListBucketResult/>")),
    OTHER_ROOT_ELEMENT(
            true, truth -> truth.rewritten(xml -> xml.replace("ListBucketResult", "ListAllMyBucketsResult"))),
    ERROR_DOCUMENT(
            true,
            truth -> utf8("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>InternalError</Code>"
                    + "<Message>We encountered an internal error. Please try again.</Message></Error>")),
    OTHER_BUCKET(
            true, truth -> truth.written(truth.page().withBucket(truth.page().bucket() + "-other"))),
    OTHER_PREFIX(
            true, truth -> truth.written(truth.page().withQuery(truth.query().withPrefix("other/prefix/")))),
    /** Well formed, complete, and not a key in it: nothing in it tells. */
    EMPTY_AND_COMPLETE(
            false,
            truth -> truth.written(truth.page().withObjects(List.of()).withEnd(Optional.of(false), Optional.empty()))),
    KEY_COUNT_TOO_HIGH(
            true, truth -> truth.written(truth.page().withKeyCount(truth.page().keyCount() + 4))),
    KEY_COUNT_TOO_LOW(
            true, truth -> truth.written(truth.page().withKeyCount(truth.page().keyCount() - 1))),
    IS_TRUNCATED_MISSING(true, truth -> truth.written(truth.page().withEnd(Optional.empty(), Optional.empty()))),
    IS_TRUNCATED_MISSING_WITH_TOKEN(true, truth -> truth.written(half(truth, Optional.empty(), true))),
    TRUNCATED_WITHOUT_TOKEN(true, truth -> truth.written(half(truth, Optional.of(true), false))),
    TOKEN_BUT_NOT_TRUNCATED(true, truth -> truth.written(half(truth, Optional.of(false), true))),
    /** Half a page that calls itself all: nothing in it tells. */
    CUT_SHORT_AND_COMPLETE(false, truth -> truth.written(half(truth, Optional.of(false), false))),
    /** Every page is the first half page and leads to itself. */
    SAME_TOKEN_FOR_EVER(true, truth -> {
        ListingPage first = firstHalf(truth);
        return truth.written(first.withQuery(truth.query()));
    }),
    DUPLICATE_KEY(true, truth -> truth.written(changed(truth, objects -> objects.add(1, objects.get(0))))),
    KEYS_OUT_OF_ORDER(true, truth -> truth.written(changed(truth, objects -> Collections.swap(objects, 0, 1)))),
    KEYS_DESCENDING(true, truth -> truth.written(changed(truth, Collections::reverse))),
    KEY_OUTSIDE_PREFIX(
            true,
            truth -> truth.written(changed(
                    truth, objects -> objects.set(0, renamed(objects.get(0), "!outside/" + objects.size()))))),
    /** Starts at the first key whatever start-after or the token say. */
    START_AFTER_AND_TOKEN_IGNORED(true, truth -> {
        ListingPage first = truth.answerTo(truth.query().fromTheStart().withMaxKeys(half(truth)));
        return truth.written(first.withQuery(truth.query()));
    }),
    /** Leaves out a key of the middle, and the KeyCount still counts it. */
    KEY_LEFT_OUT_BUT_COUNTED(
            true,
            truth -> truth.written(changed(truth, objects -> objects.remove(1))
                    .withKeyCount(truth.page().keyCount()))),
    /** Leaves out a key of the middle and does not count it: nothing in it tells. */
    KEY_LEFT_OUT(false, truth -> truth.written(changed(truth, objects -> objects.remove(1)))),
    MORE_KEYS_THAN_ASKED(true, truth -> {
        ListingPage all = truth.answerTo(truth.query().fromTheStart().withMaxKeys(1000));
        return truth.written(all.withQuery(truth.query().withMaxKeys(1)));
    }),
    XML_CUT_IN_THE_MIDDLE(true, truth -> truth.rewritten(xml -> xml.substring(0, xml.length() * 2 / 3))),
    XML_WITHOUT_ITS_END(true, truth -> truth.rewritten(xml -> xml.replace("</ListBucketResult>", ""))),
    BYTES_BEHIND_THE_END(true, truth -> truth.rewritten(xml -> xml + "<html>bye</html>")),
    TWO_DOCUMENTS(true, truth -> truth.rewritten(xml -> xml + xml)),
    CONTROL_CHARACTER_REFERENCE(true, truth -> truth.rewritten(xml -> xml.replaceFirst("<Key>", "<Key>&#x1;"))),
    ENTITY_DECLARATION(
            true,
            truth -> truth.rewritten(xml -> xml.replaceFirst(
                            "\\?>\n", "?>\n<!DOCTYPE ListBucketResult [<!ENTITY e SYSTEM \"file:///etc/hostname\">]>\n")
                    .replaceFirst("<Key>", "<Key>&e;"))),
    /** The end of every key is percent-encoded once too often, so each reads as another key: nothing in it tells. */
    ENCODED_ONCE_TOO_OFTEN(
            false,
            truth -> truth.written(changed(
                    truth, objects -> objects.replaceAll(object -> renamed(object, overEncoded(object.key())))))),
    /** An escape that is none; shows where the listing is encoded. */
    BROKEN_ESCAPE(true, truth -> truth.rewritten(xml -> xml.replaceFirst("<Key>", "<Key>%zz"))),
    /** Encodes although nobody asked, or does not although it was asked, and does not say so. */
    ENCODING_NOT_ECHOED(
            true,
            truth -> truth.query().urlEncoded()
                    ? truth.rewritten(xml -> xml.replace("<EncodingType>url</EncodingType>", ""))
                    : truth.written(truth.page().withQuery(truth.query().withUrlEncoded(true)))),
    NOT_UTF8(true, truth -> truth.text().replaceFirst("<Key>", "<Key>\u00ff").getBytes(StandardCharsets.ISO_8859_1)),
    SIZE_NEGATIVE(true, truth -> truth.rewritten(xml -> xml.replaceFirst("<Size>", "<Size>-"))),
    SIZE_MISSING(true, truth -> truth.rewritten(xml -> xml.replaceFirst("<Size>[0-9]*</Size>", ""))),
    SIZE_NOT_A_NUMBER(true, truth -> truth.rewritten(xml -> xml.replaceFirst("<Size>[0-9]*</Size>", "<Size>x</Size>"))),
    LAST_MODIFIED_MISSING(
            true, truth -> truth.rewritten(xml -> xml.replaceFirst("<LastModified>[^<]*</LastModified>", ""))),
    LAST_MODIFIED_GARBAGE(
            true,
            truth -> truth.rewritten(
                    xml -> xml.replaceFirst("<LastModified>[^<]*<", "<LastModified>Thu, 01 Jan 1970<"))),
    KEY_EMPTY(true, truth -> truth.rewritten(xml -> xml.replaceFirst("<Key>[^<]*</Key>", "<Key></Key>"))),
    KEY_MISSING(true, truth -> truth.rewritten(xml -> xml.replaceFirst("<Key>[^<]*</Key>", "")));

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

    private static int half(HonestListing truth) {
        return Math.max(1, (truth.page().objects().size() + 1) / 2);
    }

    private static ListingPage firstHalf(HonestListing truth) {
        return truth.answerTo(truth.query().fromTheStart().withMaxKeys(2));
    }

    private static ListingPage half(HonestListing truth, Optional<Boolean> truncated, boolean token) {
        ListingPage half = truth.answerTo(truth.query().withMaxKeys(half(truth)));
        return half.withQuery(truth.query()).withEnd(truncated, half.nextToken().filter(text -> token));
    }

    private static ListingPage changed(HonestListing truth, Consumer<List<StoredObject>> change) {
        List<StoredObject> objects = new ArrayList<>(truth.page().objects());
        if (objects.size() > 1) {
            change.accept(objects);
        }
        return truth.page().withObjects(objects);
    }

    private static StoredObject renamed(StoredObject object, String key) {
        return new StoredObject(
                key,
                object.versionId(),
                object.lastModified(),
                object.content(),
                object.etag(),
                object.checksum(),
                object.parts(),
                object.attributes());
    }

    private static String overEncoded(String key) {
        int last = key.offsetByCodePoints(key.length(), -1);
        return key.substring(0, last) + "%" + HexFormat.of().withDelimiter("%").formatHex(utf8(key.substring(last)));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
