package dev.replicator.cli.man;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Help.Ansi.Text;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The manual page of one command, in the man macros that {@code man(7)} describes. */
public final class ManPage {
    private final CommandSpec command;
    private final String version;

    /** @param version of the program, for the foot of the page */
    public ManPage(CommandSpec command, String version) {
        this.command = command;
        this.version = version;
    }

    /** Such as {@code replicator-config-validate}. */
    public String name() {
        return command.qualifiedName("-");
    }

    /** The page; ends with a line's end. */
    public String text() {
        StringBuilder page = new StringBuilder();
        UsageMessageSpec usage = command.usageMessage();
        page.append(".TH ").append(quoted(name().toUpperCase(Locale.ROOT))).append(" 1 \"\" ");
        page.append(quoted("Replicator " + version)).append(" \"Replicator\"\n.nh\n.ad l\n");
        String summary = escaped(plain(usage.description()).replace("\n", " ")).strip();
        section(page, "NAME", name().replace("-", "\\-") + " \\- " + summary + "\n");
        section(page, "SYNOPSIS", synopsis());
        section(page, "ARGUMENTS", positionals());
        section(page, "OPTIONS", options());
        section(page, "COMMANDS", subcommands());
        section(page, "EXAMPLES AND NOTES", verbatim(plain(usage.footer())));
        section(page, "SEE ALSO", seeAlso());
        return page.toString();
    }

    private static void section(StringBuilder page, String title, String content) {
        if (!content.isBlank()) {
            page.append(".SH ").append(quoted(title)).append('\n').append(content);
        }
    }

    private String synopsis() {
        Text synopsis = command.commandLine()
                .getHelp()
                .colorScheme()
                .text(command.commandLine().getHelp().synopsis(0).strip());
        return verbatim(synopsis.plainString());
    }

    private String positionals() {
        return command.positionalParameters().stream()
                .filter(positional -> !positional.hidden())
                .map(positional -> entry(bold(positional.paramLabel()), description(positional)))
                .collect(Collectors.joining());
    }

    private String options() {
        return command.options().stream()
                .filter(option -> !option.hidden())
                .sorted(Comparator.comparing(OptionSpec::longestName))
                .map(option -> entry(names(option), description(option)))
                .collect(Collectors.joining());
    }

    private static String names(OptionSpec option) {
        String value = option.arity().max() == 0 ? "" : "=\\fI" + escaped(option.paramLabel()) + "\\fR";
        return Arrays.stream(option.names())
                .map(name -> bold(option.negatable() ? name + ", --no-" + name.substring(2) : name))
                .collect(Collectors.joining(", ", "", value));
    }

    private String subcommands() {
        return command.subcommands().entrySet().stream()
                .filter(entry ->
                        !entry.getValue().getCommandSpec().usageMessage().hidden())
                .map(entry -> entry(
                        bold(entry.getKey()),
                        plain(entry.getValue().getCommandSpec().usageMessage().description())))
                .collect(Collectors.joining());
    }

    private String seeAlso() {
        CommandSpec parent = command.parent();
        if (parent != null) {
            return reference(parent.qualifiedName("-")) + "\n";
        }
        List<String> all = command.subcommands().values().stream()
                .map(sub -> reference(sub.getCommandSpec().qualifiedName("-")))
                .toList();
        return String.join(",\n", all) + "\n";
    }

    private static String reference(String name) {
        return ".BR " + name.replace("-", "\\-") + " (1)";
    }

    private String description(ArgSpec argument) {
        return plain(argument.description());
    }

    private String plain(String[] lines) {
        return command.commandLine()
                .getHelp()
                .colorScheme()
                .text(String.join("\n", lines).replace("%%", "%"))
                .plainString();
    }

    private static String entry(String term, String text) {
        return ".TP\n" + term + "\n" + escaped(text) + "\n";
    }

    private static String bold(String text) {
        return "\\fB" + escaped(text) + "\\fR";
    }

    private static String verbatim(String text) {
        return text.isBlank() ? "" : ".nf\n" + escaped(text.strip()) + "\n.fi\n";
    }

    private static String quoted(String text) {
        return '"' + text.replace("\"", "\\(dq") + '"';
    }

    /** Text in which nothing is a request: no line begins with a full stop or an apostrophe, no backslash is an escape. */
    static String escaped(String text) {
        return text.replace("\\", "\\e")
                .replace("-", "\\-")
                .lines()
                .map(line -> line.startsWith(".") || line.startsWith("'") ? "\\&" + line : line)
                .collect(Collectors.joining("\n"));
    }
}
