package dev.replicator.cli.terminal;

/** Colours by meaning. A symbol or word always says the same, so colour may be missing. */
public enum Colour {
    PLAIN(""),
    GOOD("32"),
    BAD("31"),
    CAUTION("33"),
    FAINT("2");

    private final String code;

    Colour(String code) {
        this.code = code;
    }

    String paint(String text) {
        return code.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
    }
}
