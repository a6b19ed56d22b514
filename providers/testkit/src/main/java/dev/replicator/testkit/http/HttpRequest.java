package dev.replicator.testkit.http;

/** The head of a request. {@code path} and {@code query} are as sent, still percent-encoded. */
public record HttpRequest(String method, String path, String query, Headers headers) {}
