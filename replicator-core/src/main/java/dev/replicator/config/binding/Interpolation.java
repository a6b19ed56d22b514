package dev.replicator.config.binding;

import dev.replicator.store.Displays;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Fills in {@code ${env:NAME}}, {@code ${env:NAME:default}} and {@code ${file:/path}}; <code>${{x}}</code> stands for the
 * literal {@code ${x}}. What was filled in is never looked at again, and may be secret: {@link #redacted} takes it out of a
 * message. Not thread-safe.
 */
public final class Interpolation {
    private static final int MAX_FILE = 64 << 10;
    private static final int MAX_DEPTH = 8;
    /** Shorter values are no secrets, and occur in messages by chance. */
    private static final int SHORTEST_SECRET = 4;

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final Map<String, String> environment;
    private final Path workingDirectory;
    private final Set<String> variables = new TreeSet<>();
    private final Map<String, String> secrets = new HashMap<>();

    public Interpolation(Map<String, String> environment, Path workingDirectory) {
        this.environment = Map.copyOf(environment);
        this.workingDirectory = workingDirectory;
    }

    /** Whether there is anything to fill in. */
    static boolean applies(String text) {
        return text.contains("${");
    }

    /**
     * The text with everything filled in.
     *
     * @throws IllegalArgumentException when something can't be; the message holds no value
     */
    String filled(String text) {
        return applies(text) ? filled(text, 0) : text;
    }

    private String filled(String text, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("defaults within defaults go deeper than " + MAX_DEPTH);
        }
        StringBuilder result = new StringBuilder();
        int at = 0;
        for (int open = text.indexOf("${"); open >= 0; open = text.indexOf("${", at)) {
            result.append(text, at, open);
            if (text.startsWith("${{", open)) {
                int end = text.indexOf("}}", open);
                checkClosed(end);
                result.append("${").append(text, open + 3, end).append('}');
                at = end + 2;
            } else {
                int end = closing(text, open + 2);
                checkClosed(end);
                String expression = text.substring(open + 2, end);
                String value = value(expression, depth);
                remember(value, "${" + expression + "}");
                result.append(value);
                at = end + 1;
            }
        }
        return result.append(text, at, text.length()).toString();
    }

    private static void checkClosed(int end) {
        if (end < 0) {
            throw new IllegalArgumentException("a '${' is not closed");
        }
    }

    /** Where the brace closes that was opened before {@code from}; -1 for nowhere. */
    private static int closing(String text, int from) {
        int open = 1;
        for (int i = from; i < text.length(); i++) {
            if (text.startsWith("${", i)) {
                open++;
            } else if (text.charAt(i) == '}' && --open == 0) {
                return i;
            }
        }
        return -1;
    }

    private String value(String expression, int depth) {
        if (expression.startsWith("env:")) {
            return variable(expression.substring("env:".length()), depth);
        }
        if (expression.startsWith("file:")) {
            return content(expression.substring("file:".length()));
        }
        throw new IllegalArgumentException(
                "only ${env:NAME}, ${env:NAME:default} and ${file:/path} can be filled in; ${{x}} stands for ${x} itself");
    }

    private String variable(String nameAndDefault, int depth) {
        int colon = nameAndDefault.indexOf(':');
        String name = colon < 0 ? nameAndDefault : nameAndDefault.substring(0, colon);
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("'${env:…}' needs the name of a variable");
        }
        variables.add(name);
        Optional<String> value = Optional.ofNullable(environment.get(name));
        if (colon >= 0 && value.filter(text -> !text.isEmpty()).isEmpty()) {
            return filled(nameAndDefault.substring(colon + 1), depth + 1);
        }
        return value.orElseThrow(() -> new IllegalArgumentException(
                "the environment variable " + name + " is not set, and '${env:" + name + "}' has no default"));
    }

    private String content(String name) {
        String expression = "'${file:" + Displays.escaped(name) + "}'";
        try {
            Path file = workingDirectory.resolve(name);
            if (!Files.isRegularFile(file)) {
                throw new IllegalArgumentException(
                        "the file of " + expression + " is not there, or is no regular file");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes(file, expression)))
                    .toString()
                    .strip();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("the file of " + expression + " is not UTF-8 text", e);
        } catch (IOException e) {
            throw new IllegalArgumentException("the file of " + expression + " can't be read", e);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(expression + " names no path", e);
        }
    }

    private static byte[] bytes(Path file, String expression) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_FILE + 1);
            if (bytes.length > MAX_FILE) {
                throw new IllegalArgumentException("the file of " + expression + " is larger than 64 KiB");
            }
            return bytes;
        }
    }

    /** The variables that were asked for. */
    public Set<String> variables() {
        return Set.copyOf(variables);
    }

    /** Says that {@code derived} was made from what {@code expression} stands for, and is as secret. */
    public void remember(String derived, String expression) {
        if (derived.length() >= SHORTEST_SECRET) {
            secrets.put(derived, expression);
        }
    }

    /** The message with every value that was filled in replaced by the expression that it came from. */
    public String redacted(String message) {
        String safe = message;
        for (String secret : secrets.keySet().stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList()) {
            safe = safe.replace(secret, secrets.get(secret));
        }
        return safe;
    }
}
