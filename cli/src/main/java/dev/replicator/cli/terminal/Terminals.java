package dev.replicator.cli.terminal;

import org.jline.nativ.CLibrary;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which of the standard streams are terminals. {@code System.console()} can't say: it means all at once, and other
 * things from release to release.
 *
 * @param columns width of the terminal
 */
public record Terminals(boolean input, boolean output, boolean error, int columns) {
    private static final Logger log = LoggerFactory.getLogger(Terminals.class);
    private static final int DEFAULT_COLUMNS = 80;

    public static final Terminals NONE = new Terminals(false, false, false, DEFAULT_COLUMNS);

    /** As the operating system says; none where it can't be asked. */
    public static Terminals ofProcess() {
        try {
            boolean error = CLibrary.isatty(2) == 1;
            return new Terminals(
                    CLibrary.isatty(0) == 1, CLibrary.isatty(1) == 1, error, error ? width() : DEFAULT_COLUMNS);
        } catch (LinkageError | RuntimeException e) {
            log.debug("no terminal library for this system", e);
            return NONE;
        }
    }

    private static int width() {
        CLibrary.WinSize size = new CLibrary.WinSize();
        return CLibrary.ioctl(2, CLibrary.TIOCGWINSZ, size) == 0 && size.ws_col > 0 ? size.ws_col : DEFAULT_COLUMNS;
    }

    /** Whether somebody is there to answer a question. */
    public boolean interactive() {
        return input && error;
    }
}
