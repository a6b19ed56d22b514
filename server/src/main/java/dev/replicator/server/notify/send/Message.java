package dev.replicator.server.notify.send;

/**
 * What is told, as each way needs it. Immutable.
 *
 * @param id the same in every attempt: who gets it twice knows by this
 * @param subject one line
 * @param text for people, lines
 * @param slack for people, in Slack's mark-up, hostile text escaped
 * @param json for programs
 */
public record Message(String id, String subject, String text, String slack, String json) {}
