package dev.replicator.config.yaml;

/** What is wrong with a document, and where; the message is for people and quotes no value. */
public record YamlProblem(Position at, String message) {}
