package dev.replicator.server.api.run;

import dev.replicator.server.run.ObjectResult;
import java.util.List;

/**
 * Lines of CSV (RFC 4180) that a spreadsheet shows and does not carry out: what would be a formula there gets an
 * apostrophe in front, as OWASP's page on CSV injection advises.
 */
final class Csv {
    static final String HEADER = "object,action,outcome,cause,bytes,message\r\n";
    private static final String FORMULA = "=+-@\t\r\n＝＋－＠";

    private Csv() {}

    static String line(ObjectResult result) {
        return String.join(
                        ",",
                        List.of(
                                quoted(result.object().display()),
                                quoted(result.action()),
                                quoted(result.outcome()),
                                quoted(result.cause()),
                                Long.toString(result.bytes()),
                                quoted(result.message())))
                + "\r\n";
    }

    private static String quoted(String text) {
        String harmless = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return '"' + harmless.replace("\"", "\"\"").replace("\u0000", "\ufffd") + '"';
    }
}
