package dev.replicator.testkit.s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** Reads a listing from its first page to its last and believes nothing. */
final class CarefulReader {
    private final Wire wire;
    private final String bucket;
    private final String prefix;

    CarefulReader(Wire wire, String bucket, String prefix) {
        this.wire = wire;
        this.bucket = bucket;
        this.prefix = prefix;
    }

    /** What a listing says that cannot be so. */
    static final class Lie extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Lie(String message) {
            super(message);
        }
    }

    List<String> keys() {
        List<String> keys = new ArrayList<>();
        Set<String> tokens = new HashSet<>();
        String token = "";
        do {
            String from = token.isEmpty() ? "" : "continuation-token=" + encoded(token) + "&";
            Wire.Reply reply =
                    wire.get("/" + bucket + "?" + from + "encoding-type=url&list-type=2&prefix=" + encoded(prefix));
            token = page(document(reply.body()), keys);
            demand(token.isEmpty() || tokens.add(token), "a token came again");
        } while (!token.isEmpty());
        return keys;
    }

    private String page(Element root, List<String> keys) {
        demand("ListBucketResult".equals(root.getLocalName()), "another root");
        demand(bucket.equals(only(root, "Name")), "another bucket");
        demand(prefix.equals(decoded(only(root, "Prefix"))), "another prefix");
        demand("url".equals(only(root, "EncodingType")), "another encoding");
        List<Element> contents = children(root, "Contents");
        demand(Integer.toString(contents.size()).equals(only(root, "KeyCount")), "another count");
        demand(contents.size() <= Integer.parseInt(only(root, "MaxKeys")), "more keys than allowed");
        contents.forEach(object -> keys.add(key(object, keys)));
        List<Element> tokens = children(root, "NextContinuationToken");
        boolean truncated = switch (only(root, "IsTruncated")) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new Lie("IsTruncated is neither true nor false");
        };
        demand(truncated == !tokens.isEmpty(), "token and IsTruncated disagree");
        return truncated ? only(root, "NextContinuationToken") : "";
    }

    private String key(Element object, List<String> before) {
        String key = decoded(only(object, "Key"));
        demand(key.startsWith(prefix), "a key outside the prefix");
        demand(before.isEmpty() || before.get(before.size() - 1).compareTo(key) < 0, "keys do not ascend");
        demand(only(object, "Size").matches("[0-9]+"), "no size");
        try {
            Instant.parse(only(object, "LastModified"));
        } catch (DateTimeException e) {
            throw new Lie("no time");
        }
        return key;
    }

    private static Element document(byte[] body) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new DefaultHandler());
            return builder.parse(new ByteArrayInputStream(body)).getDocumentElement();
        } catch (SAXException | IOException e) {
            throw new Lie("no document: " + e.getMessage());
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String only(Element parent, String name) {
        List<Element> found = children(parent, name);
        demand(found.size() == 1, "not exactly one " + name);
        return found.get(0).getTextContent();
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element && name.equals(element.getLocalName())) {
                found.add(element);
            }
        }
        return found;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Lie("a broken escape");
        }
    }

    private static void demand(boolean holds, String otherwise) {
        if (!holds) {
            throw new Lie(otherwise);
        }
    }
}
