package dev.replicator.testkit.http;

import java.io.IOException;

/** Answers one request; called by many threads at once. */
@FunctionalInterface
public interface ExchangeHandler {
    void handle(Exchange exchange) throws IOException;
}
