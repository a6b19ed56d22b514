package dev.replicator.server.history;

import dev.replicator.server.run.ObjectResult;
import dev.replicator.server.run.TreeNode;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A tree of findings by the plainest of means: all in memory. */
final class ReferenceTree {
    private ReferenceTree() {}

    static List<String> of(List<ObjectResult> findings, byte[] under, Optional<String> kind) {
        TreeMap<String, Map<String, Long>> lines = new TreeMap<>();
        findings.stream()
                .filter(finding -> kind.isEmpty() || kind.get().equals(finding.cause()))
                .filter(finding -> begins(finding.object().bytes(), under))
                .sorted(Comparator.comparing(ObjectResult::object))
                .forEach(finding -> {
                    byte[] key = finding.object().bytes();
                    int slash = slash(key, under.length);
                    String name = slash < 0
                            ? hex(key) + " leaf " + String.format("%05d", finding.number())
                            : hex(Arrays.copyOf(key, slash + 1)) + " folder";
                    lines.computeIfAbsent(name, any -> new TreeMap<>()).merge(finding.cause(), 1L, Long::sum);
                });
        return lines.entrySet().stream()
                .map(line -> line.getKey() + " " + line.getValue())
                .toList();
    }

    static String line(TreeNode node) {
        if (node instanceof TreeNode.Leaf leaf) {
            ObjectResult finding = leaf.finding();
            return hex(finding.object().bytes()) + " leaf " + String.format("%05d", finding.number()) + " {"
                    + finding.cause() + "=1}";
        }
        TreeNode.Folder folder = (TreeNode.Folder) node;
        return hex(folder.prefix()) + " folder " + folder.kinds();
    }

    private static boolean begins(byte[] key, byte[] under) {
        return key.length >= under.length && Arrays.equals(key, 0, under.length, under, 0, under.length);
    }

    private static int slash(byte[] key, int from) {
        for (int i = from; i < key.length; i++) {
            if (key[i] == '/') {
                return i;
            }
        }
        return -1;
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
