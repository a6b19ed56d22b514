package dev.replicator.s3.object;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Names of user metadata as header names, in lower case as S3 shows them. A name that is no such goes as one that is
 * ({@code custom:aclPolicy} as {@code custom-aclpolicy}; letters, digits, {@code .}, {@code _} and {@code -}), and the entry {@value #NOTE} says which stands for which, so that it is read back as it was:
 * {@code custom-aclpolicy=custom%3AaclPolicy&…}, both sides percent-encoded. What the note says of an entry that is gone
 * is ignored.
 */
final class UserNames {
    /** The entry that remembers names. */
    static final String NOTE = "replicator-names";

    private static final Pattern PLAIN = Pattern.compile("[!#$%&'*+.^_`|~0-9a-z-]+");

    private UserNames() {}

    /** Whether the name can go as it is. */
    static boolean isPlain(String name) {
        return PLAIN.matcher(name).matches();
    }

    /** Entries by names that headers can have; {@link #restored} undoes it. An entry without a name is left out. */
    static Map<String, String> plain(Map<String, String> user) {
        Map<String, String> plain = new TreeMap<>();
        user.forEach((name, value) -> {
            if (isPlain(name)) {
                plain.put(name, value);
            }
        });
        Map<String, String> renamed = renamed(user.keySet());
        renamed.forEach((name, original) -> plain.put(name, user.getOrDefault(original, "")));
        if (!renamed.isEmpty()) {
            plain.put(NOTE, note(renamed));
        }
        return plain;
    }

    /** The names that stand for those that can't go as they are. */
    static Map<String, String> renamed(Collection<String> names) {
        Map<String, String> renamed = new TreeMap<>();
        for (String name : names.stream().sorted().toList()) {
            if (isPlain(name) || name.isEmpty()) {
                continue;
            }
            String base = name.toLowerCase(Locale.ROOT).replaceAll("[^0-9a-z._-]+", "-");
            String free = base;
            for (int number = 2; names.contains(free) || renamed.containsKey(free) || free.equals(NOTE); number++) {
                free = base + "-" + number;
            }
            renamed.put(free, name);
        }
        return renamed;
    }

    private static String note(Map<String, String> renamed) {
        return renamed.entrySet().stream()
                .map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Entries by the names that they had before {@link #plain}. */
    static Map<String, String> restored(Map<String, String> plain) {
        String note = plain.get(NOTE);
        if (note == null) {
            return plain;
        }
        Map<String, String> restored = new HashMap<>(plain);
        restored.remove(NOTE);
        for (String pair : note.split("&")) {
            int equals = pair.indexOf('=');
            String name = decoded(pair.substring(0, Math.max(0, equals)));
            String original = decoded(pair.substring(equals + 1));
            String value = restored.get(name);
            if (value != null && !original.isEmpty() && !plain.containsKey(original)) {
                restored.remove(name);
                restored.put(original, value);
            }
        }
        return restored;
    }

    /** Empty for what we did not encode. */
    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
