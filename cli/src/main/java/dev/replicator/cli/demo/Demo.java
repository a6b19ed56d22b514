package dev.replicator.cli.demo;

import dev.replicator.cli.terminal.Colour;
import dev.replicator.cli.terminal.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes two directories that stand for a dev and a prod bucket, and runs the real commands on them. */
public final class Demo {
    private final Console console;
    private final String program;
    private final Commands commands;

    /** Runs a command of this program and gives its exit code. */
    @FunctionalInterface
    public interface Commands {
        int run(List<String> words);
    }

    /** @param program how the user calls this program, for the commands shown */
    public Demo(Console console, String program, Commands commands) {
        this.console = console;
        this.program = program;
        this.commands = commands;
    }

    /**
     * The whole tour.
     *
     * @param shown the directory as the user would write it
     * @return the first exit code that is not 0, else 0
     */
    public int tour(Path directory, String shown) throws IOException {
        prepare(directory);
        String dev = shown + "/dev";
        String prod = shown + "/prod";
        List<Step> steps = List.of(
                new Step("What would be done?", List.of("plan", dev, prod, "--limit", "12")),
                new Step("Do it.", List.of("sync", dev, prod)),
                new Step("Is everything there?", List.of("validate", dev, prod)),
                new Step("Once more: nothing is left to do.", List.of("sync", dev, prod)));
        for (int i = 0; i < steps.size(); i++) {
            int code = take(i + 1, steps.get(i));
            if (code != 0) {
                return code;
            }
        }
        tryNext(dev, prod, shown);
        return 0;
    }

    /** Makes the directories and serves them until stopped; gives the exit code. */
    public int served(Path directory) throws IOException {
        prepare(directory);
        return commands.run(List.of(
                "serve", "--config", directory.resolve("replicator.yaml").toString()));
    }

    private record Step(String title, List<String> words) {}

    private int take(int number, Step step) {
        console.result("");
        console.result(Colour.GOOD, "── " + number + ". " + step.title(), "");
        console.result(Colour.FAINT, "$ ", line(step.words()));
        console.result("");
        return commands.run(step.words());
    }

    private void prepare(Path directory) throws IOException {
        Path dev = directory.resolve("dev");
        boolean again = Files.isDirectory(dev);
        int objects = DemoTree.writeTo(dev);
        Files.createDirectories(directory.resolve("prod"));
        Files.writeString(directory.resolve("replicator.yaml"), configuration(directory));
        if (again) {
            change(dev);
            console.result("Found the demo in " + directory + ", and changed a page and added one in dev.");
        } else {
            console.result("Made " + directory + ": dev/ with " + objects + " objects, and an empty prod/.");
        }
    }

    private static void change(Path dev) throws IOException {
        Path news = dev.resolve("public/news");
        Files.createDirectories(news);
        long number;
        try (Stream<Path> files = Files.list(news)) {
            number = files.count() + 1;
        }
        Files.writeString(news.resolve("%03d.html".formatted(number)), "<h1>News " + number + "</h1>\n");
        Files.writeString(
                dev.resolve("public/index.html"), "<!-- change " + number + " -->\n", StandardOpenOption.APPEND);
    }

    private static String configuration(Path directory) {
        return """
                version: 1
                stores:
                  dev: { uri: %s }
                  prod: { uri: %s }
                jobs:
                  demo:
                    source: dev
                    destination: prod
                """.formatted(quoted(directory.resolve("dev")), quoted(directory.resolve("prod")));
    }

    private static String quoted(Path directory) {
        String path = directory.toString().replace("\\", "\\\\").replace("\"", "\\\"");
        return "\"file://" + path + "\"";
    }

    private void tryNext(String dev, String prod, String shown) {
        String config = shown + "/replicator.yaml";
        console.result("");
        console.result(Colour.GOOD, "── Try next", "");
        List<List<String>> ideas = List.of(
                List.of("sync", dev, prod, "--dry-run", "--show-skipped"),
                List.of("plan", dev, prod, "--delete", "--out", shown + "/demo.plan"),
                List.of("apply", shown + "/demo.plan", "--yes"),
                List.of("validate", dev, prod, "--compare", "checksum", "-o", "json"),
                List.of("hook", "--config", config, "--env", "production", "--deployment-id", "v1"),
                List.of("status", "--config", config, "--counts"),
                List.of("help", "exit-codes"));
        ideas.forEach(words -> console.result("  " + line(words)));
        console.result("");
        console.result("In a browser, on the same directories: " + line(List.of("serve", "--config", config))
                + " (or demo --serve)");
        console.result("With buckets of your own: " + program + " plan s3://my-dev-bucket s3://my-prod-bucket");
    }

    private String line(List<String> words) {
        List<String> line = new ArrayList<>(List.of(program));
        line.addAll(words);
        return line.stream().map(Demo::shellWord).collect(Collectors.joining(" "));
    }

    private static String shellWord(String word) {
        return word.matches("[A-Za-z0-9_@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
