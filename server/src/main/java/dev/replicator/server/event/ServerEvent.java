package dev.replicator.server.event;

/**
 * Something that happened.
 *
 * @param id rises by one from event to event, from 1; begins anew when the server does
 * @param type such as {@code run}
 * @param data a JSON document
 */
public record ServerEvent(long id, String type, String data) {}
