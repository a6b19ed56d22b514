package dev.replicator.infra.prometheus;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names in an expression of Prometheus, which promtool has found to be one.
 *
 * @param metrics each with the labels that it is selected by
 * @param grouping labels of {@code by}, {@code on} and their like
 */
record Expression(Map<String, Set<String>> metrics, Set<String> grouping) {
    private static final Set<String> WORDS =
            Set.of("and", "or", "unless", "bool", "offset", "inf", "nan", "start", "end");
    private static final Pattern TEXT = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");
    private static final Pattern GROUPING =
            Pattern.compile("\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\(([^)]*)\\)");
    private static final Pattern DURATION = Pattern.compile("\\[[^]]*]|\\boffset\\s+\\w+");
    private static final Pattern NAME = Pattern.compile("(?<![\\w:])([a-zA-Z_:][a-zA-Z0-9_:]*)\\s*(\\{[^}]*}|\\()?");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_]\\w*)\\s*(?:=~|!~|!=|=)");

    static Expression of(String text) {
        String left = TEXT.matcher(text).replaceAll("\"\"");
        Set<String> grouping = new HashSet<>();
        Matcher groups = GROUPING.matcher(left);
        while (groups.find()) {
            for (String label : groups.group(1).split(",")) {
                if (!label.isBlank()) {
                    grouping.add(label.strip());
                }
            }
        }
        left = DURATION.matcher(GROUPING.matcher(left).replaceAll(" ")).replaceAll(" ");
        Map<String, Set<String>> metrics = new HashMap<>();
        Matcher names = NAME.matcher(left);
        while (names.find()) {
            String after = names.group(2) == null ? "" : names.group(2);
            if (!after.equals("(") && !WORDS.contains(names.group(1))) {
                Set<String> labels = metrics.computeIfAbsent(names.group(1), name -> new HashSet<>());
                Matcher label = LABEL.matcher(after);
                while (label.find()) {
                    labels.add(label.group(1));
                }
            }
        }
        return new Expression(metrics, grouping);
    }
}
