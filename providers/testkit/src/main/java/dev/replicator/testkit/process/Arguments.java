package dev.replicator.testkit.process;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A command line of {@code --name value} pairs, where a name may come several times. */
public record Arguments(Map<String, List<String>> values) {
    /** Refuses what is no such pair. */
    public static Arguments parse(String... arguments) {
        Map<String, List<String>> values = new HashMap<>();
        for (int i = 0; i < arguments.length; i += 2) {
            if (!arguments[i].startsWith("--") || i + 1 == arguments.length) {
                throw new IllegalArgumentException("expected --name value, got " + arguments[i]);
            }
            values.computeIfAbsent(arguments[i].substring(2), name -> new ArrayList<>())
                    .add(arguments[i + 1]);
        }
        return new Arguments(values);
    }

    /** All values of a name, in order. */
    public List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    public String last(String name, String otherwise) {
        List<String> given = all(name);
        return given.isEmpty() ? otherwise : given.get(given.size() - 1);
    }

    /** The orders to fill buckets: {@code NAME=COUNT[,prefix=PREFIX][,size=BYTES]} under {@code --populate}. */
    public List<Population> populations() {
        return all("populate").stream().map(Population::parse).toList();
    }

    /** So many objects of the same size, named by the prefix and a running number. */
    public record Population(String bucket, int count, String prefix, int size) {
        private static Population parse(String order) {
            String bucket = order.substring(0, order.indexOf('='));
            int count = 0;
            int size = 0;
            String prefix = "";
            for (String setting : order.substring(bucket.length() + 1).split(",", -1)) {
                if (setting.startsWith("prefix=")) {
                    prefix = setting.substring("prefix=".length());
                } else if (setting.startsWith("size=")) {
                    size = Integer.parseInt(setting.substring("size=".length()));
                } else {
                    count = Integer.parseInt(setting);
                }
            }
            return new Population(bucket, count, prefix, size);
        }

        /** The name of the {@code i}-th object. */
        public String name(int i) {
            return prefix + String.format("%08d", i);
        }
    }
}
