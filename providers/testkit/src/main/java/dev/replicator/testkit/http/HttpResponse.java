package dev.replicator.testkit.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An answer: status, header fields in order (without the framing ones) and a body of known length. */
public record HttpResponse(int status, List<Map.Entry<String, String>> headers, Payload body) {
    public HttpResponse {
        headers = List.copyOf(headers);
    }

    public static HttpResponse of(int status) {
        return new HttpResponse(status, List.of(), Payload.EMPTY);
    }

    public static HttpResponse xml(int status, byte[] document) {
        return of(status).with("Content-Type", "application/xml").withBody(Payload.of(document));
    }

    public static HttpResponse json(int status, byte[] document) {
        return of(status)
                .with("Content-Type", "application/json; charset=UTF-8")
                .withBody(Payload.of(document));
    }

    public HttpResponse with(String name, String value) {
        List<Map.Entry<String, String>> more = new ArrayList<>(headers);
        more.add(Map.entry(name, value));
        return new HttpResponse(status, more, body);
    }

    /** Adds all fields, in the map's order. */
    public HttpResponse withAll(Map<String, String> fields) {
        List<Map.Entry<String, String>> more = new ArrayList<>(headers);
        fields.forEach((name, value) -> more.add(Map.entry(name, value)));
        return new HttpResponse(status, more, body);
    }

    public HttpResponse withBody(Payload newBody) {
        return new HttpResponse(status, headers, newBody);
    }

    public HttpResponse withStatus(int newStatus) {
        return new HttpResponse(newStatus, headers, body);
    }
}
