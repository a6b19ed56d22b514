package dev.replicator.cli.terminal;

import java.util.Map;

/** When to colour: the flag, then NO_COLOR, then CLICOLOR_FORCE, then whether the stream is a terminal. */
public enum ColourMode {
    AUTO,
    ALWAYS,
    NEVER;

    boolean colours(boolean terminal, Map<String, String> environment) {
        if (this != AUTO) {
            return this == ALWAYS;
        }
        if (!environment.getOrDefault("NO_COLOR", "").isEmpty()) {
            return false;
        }
        String forced = environment.getOrDefault("CLICOLOR_FORCE", "");
        if (!forced.isEmpty() && !forced.equals("0")) {
            return true;
        }
        return terminal && !environment.getOrDefault("TERM", "").equals("dumb");
    }
}
