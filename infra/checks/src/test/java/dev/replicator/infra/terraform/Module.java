package dev.replicator.infra.terraform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.replicator.infra.Tree;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The files of one folder.
 *
 * @param contents each file as {@code hcl-to-json.mjs} prints it
 */
record Module(Path folder, List<JsonNode> contents) {
    private static final Pattern REFERENCE =
            Pattern.compile("\\b(var|local|module)\\.([A-Za-z_]\\w*)(?:\\.([A-Za-z_]\\w*))?");

    private static final Pattern ATTRIBUTE =
            Pattern.compile("\\b(data\\.)?((?:aws|google)_\\w+)\\.(\\w+)(?:\\[[^\\]]+\\])?(?:\\.(\\w+))?");

    /** Names of a kind of block: {@code variable}, {@code output}, {@code module}. */
    Set<String> names(String kind) {
        Set<String> names = new TreeSet<>();
        contents.forEach(file -> file.path(kind).fieldNames().forEachRemaining(names::add));
        return names;
    }

    /** Inputs and outputs as the README lists them. */
    String reference() {
        StringBuilder table = new StringBuilder("| `" + folder.getFileName() + "` | default | |\n|---|---|---|\n");
        names("variable").forEach(name -> {
            JsonNode variable = block("variable", name);
            String value = variable.has("default") ? "`" + variable.path("default") + "`" : "required";
            table.append(row(name, value, variable));
        });
        names("output").forEach(name -> table.append(row(name, "output", block("output", name))));
        return table.toString();
    }

    private static String row(String name, String value, JsonNode block) {
        return "| `" + name + "` | " + value + " | " + block.path("description").asText() + " |\n";
    }

    private JsonNode block(String kind, String name) {
        return contents.stream()
                .map(file -> file.path(kind).path(name).path(0))
                .filter(block -> !block.isMissingNode())
                .findFirst()
                .orElseThrow();
    }

    /** Variables without a default. */
    Set<String> required() {
        return names("variable").stream()
                .filter(name -> contents.stream()
                        .noneMatch(
                                file -> file.path("variable").path(name).path(0).has("default")))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Blocks of {@code resource} and {@code data}, by {@code kind type}. */
    List<Typed> typed() {
        List<Typed> found = new ArrayList<>();
        for (JsonNode file : contents) {
            for (String kind : List.of("resource", "data")) {
                file.path(kind)
                        .properties()
                        .forEach(type -> type.getValue()
                                .properties()
                                .forEach(name -> name.getValue()
                                        .forEach(content -> found.add(new Typed(
                                                kind + " " + type.getKey(),
                                                new Block(
                                                        folder.getFileName() + ": " + type.getKey() + "."
                                                                + name.getKey(),
                                                        content))))));
            }
        }
        return found;
    }

    /** A block and what it is looked up under. */
    record Typed(String type, Block block) {}

    /** What Terraform would miss in outputs, and we in variables. */
    List<String> incompleteDeclarations() {
        List<String> problems = new ArrayList<>();
        names("output").stream()
                .filter(name -> !block("output", name).has("value"))
                .forEach(name -> problems.add(folder.getFileName() + ": output " + name + " lacks value"));
        for (String wanted : List.of("type", "description")) {
            names("variable").stream()
                    .filter(name -> !block("variable", name).has(wanted))
                    .forEach(name -> problems.add(folder.getFileName() + ": variable " + name + " lacks " + wanted));
        }
        return problems;
    }

    /** What it asks of Terraform and of the providers, by their names. */
    List<JsonNode> requirements() {
        return contents.stream()
                .flatMap(file -> StreamSupport.stream(file.path("terraform").spliterator(), false))
                .toList();
    }

    /** The one module of that name that is called here. */
    JsonNode call(String name) {
        return block("module", name);
    }

    /** What is said of variables, locals and modules that are not there, and variables that nothing is said of. */
    List<String> danglingReferences(Function<String, Set<String>> outputsOfCall) {
        List<String> problems = new ArrayList<>();
        Set<String> unused = names("variable");
        String text = text();
        Set<String> locals = new TreeSet<>();
        contents.forEach(
                file -> file.path("locals").forEach(block -> block.fieldNames().forEachRemaining(locals::add)));
        Matcher matcher = REFERENCE.matcher(text);
        while (matcher.find()) {
            String name = matcher.group(2);
            boolean known = switch (matcher.group(1)) {
                case "var" -> names("variable").contains(name);
                case "local" -> locals.contains(name);
                default ->
                    names("module").contains(name)
                            && matcher.group(3) != null
                            && outputsOfCall.apply(name).contains(matcher.group(3));
            };
            if (!known) {
                problems.add(folder.getFileName() + " knows no " + matcher.group());
            }
            unused.remove(matcher.group(1).equals("var") ? name : "");
        }
        unused.forEach(name -> problems.add(folder.getFileName() + " does not use var." + name));
        return problems;
    }

    /** What is said of resources that are not there, or of attributes that they have not. */
    List<String> danglingAttributes(JsonNode schemas) {
        List<String> problems = new ArrayList<>();
        Matcher matcher = ATTRIBUTE.matcher(text().replaceAll("(?m)^\\s*(resource|data) \"[^{]*\\{", ""));
        while (matcher.find()) {
            String type = (matcher.group(1) == null ? "resource " : "data ") + matcher.group(2);
            boolean declared = typed().stream()
                    .anyMatch(typed -> typed.type().equals(type)
                            && typed.block().place().endsWith(matcher.group(2) + "." + matcher.group(3)));
            boolean known = matcher.group(4) == null
                    || schemas.path(type).path("arguments").has(matcher.group(4))
                    || AwsPolicy.texts(schemas.path(type).path("attributes")).contains(matcher.group(4));
            if (!declared || !known) {
                problems.add(folder.getFileName() + " knows no " + matcher.group());
            }
        }
        return problems;
    }

    /** All files of the folder without their comments. */
    private String text() {
        return Tree.files(folder, ".tf").stream()
                .filter(file -> file.getParent().equals(folder))
                .map(Tree::text)
                .map(source -> source.replaceAll("(?m)(^|\\s)#.*$", ""))
                .collect(Collectors.joining("\n"));
    }
}
