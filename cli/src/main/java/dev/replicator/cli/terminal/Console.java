package dev.replicator.cli.terminal;

import dev.replicator.store.Displays;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;

/**
 * Standard streams for people and scripts: results on stdout; messages, questions and the status line on stderr. Text
 * is escaped here, line by line; colours are added after that. Thread-safe.
 */
public final class Console {
    private static final String CLEAR_LINE = "\r\u001b[2K";

    private final PrintStream out;
    private final PrintStream err;
    private final InputStream in;
    private final Terminals terminals;
    private final Map<String, String> environment;
    private ColourMode colourMode = ColourMode.AUTO;
    private boolean statusShown;
    private boolean asking;

    public Console(
            PrintStream out, PrintStream err, InputStream in, Terminals terminals, Map<String, String> environment) {
        this.out = out;
        this.err = err;
        this.in = in;
        this.terminals = terminals;
        this.environment = Map.copyOf(environment);
    }

    public Terminals terminals() {
        return terminals;
    }

    public synchronized void colour(ColourMode mode) {
        colourMode = mode;
    }

    /** Whether stdout gets colours. */
    public synchronized boolean colours() {
        return colourMode.colours(terminals.output(), environment);
    }

    /** A line of the result. */
    public void result(String text) {
        result(Colour.PLAIN, "", text);
    }

    /** A line of the result that begins with a coloured {@code mark}. */
    public synchronized void result(Colour colour, String mark, String text) {
        hideStatus();
        print(out, colourMode.colours(terminals.output(), environment), colour, mark, text);
        if (terminals.output()) {
            out.flush();
        }
    }

    /** Bytes of a result as they are: a document, a key list. */
    public synchronized void raw(byte[] bytes) {
        hideStatus();
        out.write(bytes, 0, bytes.length);
    }

    /** A message for people. */
    public void message(String text) {
        message(Colour.PLAIN, "", text);
    }

    /** A message that begins with a coloured {@code mark}; may have several lines. */
    public synchronized void message(Colour colour, String mark, String text) {
        hideStatus();
        out.flush();
        print(err, colourMode.colours(terminals.error(), environment), colour, mark, text);
        err.flush();
    }

    private static void print(PrintStream stream, boolean coloured, Colour colour, String mark, String text) {
        stream.print(coloured && !mark.isEmpty() ? colour.paint(mark) : mark);
        stream.print(text.lines()
                .map(Displays::escaped)
                .reduce((one, next) -> one + "\n" + next)
                .orElse(""));
        stream.print("\n");
    }

    /**
     * Replaces the status line at the bottom of a terminal; empty removes it. Any other line removes it until the next
     * call. Does nothing elsewhere.
     */
    public synchronized void status(String text) {
        if (!terminals.error() || asking) {
            return;
        }
        hideStatus();
        if (!text.isEmpty()) {
            err.print(Columns.clipped(Displays.escaped(text), terminals.columns() - 1));
            err.flush();
            statusShown = true;
        }
    }

    /** Sends on what waits in stdout's buffer. */
    public synchronized void flush() {
        out.flush();
    }

    /** Whether stdout could not be written: the reader is gone, the disk is full. */
    public synchronized boolean broken() {
        return out.checkError();
    }

    private void hideStatus() {
        if (statusShown) {
            err.print(CLEAR_LINE);
            err.flush();
            statusShown = false;
        }
    }

    /** Prints a question and leaves the cursor behind it; no status line until {@link #answered}. */
    synchronized InputStream ask(String question) {
        status("");
        asking = true;
        out.flush();
        err.print(Displays.escaped(question) + " ");
        err.flush();
        return in;
    }

    synchronized void answered() {
        asking = false;
    }
}
