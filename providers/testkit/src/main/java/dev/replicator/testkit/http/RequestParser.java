package dev.replicator.testkit.http;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads the head of a request. */
final class RequestParser {
    private static final int LONGEST_LINE = 64 * 1024;
    private static final int MOST_FIELDS = 200;

    private RequestParser() {}

    static HttpRequest parse(ConnectionInput in) throws IOException {
        String line = in.line(LONGEST_LINE);
        String[] words = line.split(" ", -1);
        if (words.length != 3 || !words[2].equals("HTTP/1.1") || words[1].isEmpty()) {
            throw new MalformedRequest("not an HTTP/1.1 request line");
        }
        Headers headers = headers(in);
        if (headers.all("host").size() != 1) {
            throw new MalformedRequest("exactly one Host field is required");
        }
        if (headers.has("content-length") && headers.has("transfer-encoding")) {
            throw new MalformedRequest("both Content-Length and Transfer-Encoding");
        }
        String target = originForm(words[1]);
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        String query = mark < 0 ? "" : target.substring(mark + 1);
        return new HttpRequest(words[0], path, query, headers);
    }

    static Headers headers(ConnectionInput in) throws IOException {
        List<Map.Entry<String, String>> lines = new ArrayList<>();
        while (true) {
            String line = in.line(LONGEST_LINE);
            if (line.isEmpty()) {
                return Headers.of(lines);
            }
            int colon = line.indexOf(':');
            if (colon <= 0 || line.charAt(colon - 1) == ' ' || lines.size() == MOST_FIELDS) {
                throw new MalformedRequest("bad header field");
            }
            lines.add(Map.entry(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).trim()));
        }
    }

    private static String originForm(String target) throws MalformedRequest {
        if (target.startsWith("/")) {
            return target;
        }
        int scheme = target.indexOf("://");
        if (scheme < 0) {
            throw new MalformedRequest("bad request target");
        }
        int slash = target.indexOf('/', scheme + 3);
        return slash < 0 ? "/" : target.substring(slash);
    }
}
