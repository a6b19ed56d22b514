package dev.replicator.server.api;

/** Hears of answered requests. Called from several threads; must be quick and must not throw. */
@FunctionalInterface
public interface Exchanges {
    /**
     * A request was answered.
     *
     * @param route as the API's description writes it; empty where nothing of that kind is served
     */
    void ended(String method, String route, int status, float millis);
}
