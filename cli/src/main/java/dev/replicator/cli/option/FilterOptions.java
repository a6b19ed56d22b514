package dev.replicator.cli.option;

import dev.replicator.cli.exit.CliException;
import dev.replicator.job.KeyFilter;
import dev.replicator.job.KeyFilter.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Stack;
import java.util.stream.Stream;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/**
 * {@code --include} and {@code --exclude} in the order of the command line. Beside a job's own filter they narrow it:
 * a key must pass both.
 */
public final class FilterOptions {
    private static final Rule NOTHING_ELSE = new Rule(false, "**");

    /** One list behind both options: so it keeps their order. */
    private final List<Rule> rules = new ArrayList<>();

    @Option(
            names = "--include",
            paramLabel = "PATTERN",
            parameterConsumer = Include.class,
            description = "Keys to work on; repeatable. The first --include or --exclude that matches decides, in the"
                    + " order given. See 'replicator help filters'.")
    private List<Rule> include = rules;

    @Option(
            names = "--exclude",
            paramLabel = "PATTERN",
            parameterConsumer = Exclude.class,
            description = "Keys to leave alone on both sides, also from deletion; repeatable.")
    private List<Rule> exclude = rules;

    /** Whether {@link #narrow} leaves a filter as it is. */
    boolean isEmpty() {
        return rules.isEmpty();
    }

    /** A filter that lets through what both {@code own} and these options let through. */
    public KeyFilter narrow(KeyFilter own) {
        if (rules.isEmpty()) {
            return own;
        }
        List<Rule> ownRules = effective(own.rules());
        if (ownRules.stream().noneMatch(Rule::include)) {
            return joined(ownRules, rules);
        }
        if (rules.stream().noneMatch(Rule::include)) {
            return joined(rules, ownRules);
        }
        throw CliException.usage(
                "the job's own filter has includes, so --include can't narrow it; use --exclude, or two locations");
    }

    /** Excludes first; then the deciding rules, which keep their own default. */
    private static KeyFilter joined(List<Rule> excludes, List<Rule> deciding) {
        boolean onlyThese = !deciding.isEmpty() && deciding.stream().allMatch(Rule::include);
        return KeyFilter.of(Stream.of(excludes, deciding, onlyThese ? List.of(NOTHING_ELSE) : List.<Rule>of())
                .flatMap(List::stream)
                .toList());
    }

    /** Without an "include everything" behind excludes alone, where it is the default. */
    private static List<Rule> effective(List<Rule> all) {
        int everything = all.indexOf(new Rule(true, "**"));
        List<Rule> before = everything < 0 ? all : all.subList(0, everything);
        return before.stream().anyMatch(Rule::include) ? all : before;
    }

    private static void consume(Stack<String> words, boolean include, ArgSpec option, CommandSpec command) {
        if (words.isEmpty()) {
            throw new ParameterException(
                    command.commandLine(), "Missing PATTERN for " + (include ? "--include" : "--exclude"));
        }
        List<Rule> rules = option.getValue();
        rules.add(new Rule(include, words.pop()));
    }

    static final class Include implements IParameterConsumer {
        @Override
        public void consumeParameters(Stack<String> words, ArgSpec option, CommandSpec command) {
            consume(words, true, option, command);
        }
    }

    static final class Exclude implements IParameterConsumer {
        @Override
        public void consumeParameters(Stack<String> words, ArgSpec option, CommandSpec command) {
            consume(words, false, option, command);
        }
    }
}
