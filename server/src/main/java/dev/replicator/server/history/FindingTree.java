package dev.replicator.server.history;

import dev.replicator.server.run.ObjectResult;
import dev.replicator.server.run.RunLog.TreePage;
import dev.replicator.server.run.TreeNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Findings as a tree of prefixes, one level at a time, by bytes of keys. A folder is stepped over by one look into the
 * index for each kind of finding, and counted by a range of it; no page holds more than it shows. What ended does not
 * change, so the newest pages are remembered. Thread-safe.
 */
final class FindingTree {
    private static final byte SLASH = '/';
    private static final int READ_AHEAD = 64;
    private static final int REMEMBERED = 64;

    private final Database database;
    private final SqlResults results;
    private final Map<String, TreePage> remembered = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, TreePage> eldest) {
            return size() > REMEMBERED;
        }
    });

    FindingTree(Database database, SqlResults results) {
        this.database = database;
        this.results = results;
    }

    /** @param after bytes and number behind which to go on, as {@link Position} writes them */
    TreePage page(String run, byte[] under, Optional<String> kind, Optional<String> after, int most) {
        String name = String.join(
                "|", run, Base64.getEncoder().encodeToString(under), kind.orElse(""), after.orElse(""), "" + most);
        TreePage known = remembered.get(name);
        if (known != null) {
            return known;
        }
        TreePage page = read(run, under, kind, after.map(Position::parse), most);
        if (hasEnded(run)) {
            remembered.put(name, page);
        }
        return page;
    }

    private boolean hasEnded(String run) {
        return database.read(handle ->
                handle.createQuery("select count(*) from run where id = :run and state in ('SUCCEEDED', 'FINDINGS')")
                                .bind("run", run)
                                .mapTo(Integer.class)
                                .one()
                        > 0);
    }

    /** Where to go on. */
    private record Position(byte[] key, long number) {
        String text() {
            return number + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(key);
        }

        static Position parse(String text) {
            int dot = text.indexOf('.');
            if (dot < 0) {
                throw new IllegalArgumentException("pageToken is none that was given out here");
            }
            return new Position(Cursor.bytes(text.substring(dot + 1)), Cursor.number(text.substring(0, dot)));
        }
    }

    private TreePage read(String run, byte[] under, Optional<String> kind, Optional<Position> after, int most) {
        KeyRange all = KeyRange.under(under);
        KeyRange rest = after.map(at -> at.number() > 0 ? all.after(at.key(), at.number()) : all.at(at.key()))
                .orElse(all);
        List<Walk> walks = results.groups(run).stream()
                .filter(group -> group.outcome().equals(ObjectResult.FOUND))
                .filter(group ->
                        kind.filter(word -> !word.equals(group.cause())).isEmpty())
                .map(group -> new Walk(run, group, rest))
                .toList();
        List<TreeNode> nodes = new ArrayList<>();
        while (true) {
            Optional<Walk> first = first(walks);
            if (first.isEmpty()) {
                return new TreePage(nodes, Optional.empty());
            }
            ObjectResult next = first.get().peek().orElseThrow();
            byte[] key = SqlResults.head(next.object());
            int slash = slash(key, under.length);
            if (nodes.size() == most) {
                return new TreePage(
                        nodes, Optional.of(position(nodes.get(most - 1)).text()));
            }
            if (slash < 0) {
                nodes.add(new TreeNode.Leaf(next));
                first.get().skip();
            } else {
                nodes.add(folder(run, walks, Arrays.copyOf(key, slash + 1)));
            }
        }
    }

    private static Position position(TreeNode last) {
        if (last instanceof TreeNode.Leaf leaf) {
            return new Position(
                    SqlResults.head(leaf.finding().object()), leaf.finding().number());
        }
        byte[] prefix = ((TreeNode.Folder) last).prefix();
        return new Position(KeyRange.successor(prefix).orElse(prefix), 0);
    }

    /** Counts what is in it, and steps over it; it ends in a slash, so there is something behind. */
    private TreeNode folder(String run, List<Walk> walks, byte[] prefix) {
        Map<String, Long> kinds = new TreeMap<>();
        KeyRange inside = KeyRange.under(prefix);
        for (Walk walk : walks) {
            long count = results.count(run, walk.group, inside);
            if (count > 0) {
                kinds.put(walk.group.cause(), count);
                walk.goTo(inside.below().orElseThrow());
            }
        }
        return new TreeNode.Folder(prefix, kinds);
    }

    private static int slash(byte[] key, int from) {
        for (int i = from; i < key.length; i++) {
            if (key[i] == SLASH) {
                return i;
            }
        }
        return -1;
    }

    private static Optional<Walk> first(List<Walk> walks) {
        Optional<Walk> first = Optional.empty();
        for (Walk walk : walks) {
            if (walk.peek().isPresent() && (first.isEmpty() || walk.isBefore(first.get()))) {
                first = Optional.of(walk);
            }
        }
        return first;
    }

    /** The findings of one kind, by key; reads a few ahead. */
    private final class Walk {
        private final String run;
        private final SqlResults.Group group;
        private KeyRange rest;
        private List<ObjectResult> ahead = List.of();
        private int at;
        private int portion = 2;
        private boolean ended;

        private Walk(String run, SqlResults.Group group, KeyRange rest) {
            this.run = run;
            this.group = group;
            this.rest = rest;
        }

        private Optional<ObjectResult> peek() {
            if (at == ahead.size() && !ended) {
                ahead = results.inGroup(run, group, rest, portion);
                at = 0;
                ended = ahead.isEmpty();
                if (!ended) {
                    ObjectResult last = ahead.get(ahead.size() - 1);
                    rest = rest.after(SqlResults.head(last.object()), last.number());
                }
                portion = Math.min(READ_AHEAD, portion * 2);
            }
            return ended ? Optional.empty() : Optional.of(ahead.get(at));
        }

        private boolean isBefore(Walk other) {
            ObjectResult mine = peek().orElseThrow();
            ObjectResult others = other.peek().orElseThrow();
            int order = Arrays.compareUnsigned(SqlResults.head(mine.object()), SqlResults.head(others.object()));
            return order != 0 ? order < 0 : mine.number() < others.number();
        }

        private void skip() {
            at++;
        }

        private void goTo(byte[] key) {
            while (at < ahead.size()
                    && Arrays.compareUnsigned(SqlResults.head(ahead.get(at).object()), key) < 0) {
                at++;
            }
            if (at == ahead.size() && !ended) {
                rest = rest.at(key);
                portion = 2;
            }
        }
    }
}
