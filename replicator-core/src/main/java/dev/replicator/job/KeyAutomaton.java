package dev.replicator.job;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Runs a pattern's tokens over keys: all alternatives side by side, so that no pattern is slow on a hostile key. Sets of
 * alternatives that were met before are remembered with where each character leads, up to a bound, so that an ordinary key
 * costs one look-up a character.
 *
 * <p>Thread-safe without locks: a node's transitions are written without synchronisation, but every node is immutable
 * apart from them, and threads that race write equal ones.
 */
final class KeyAutomaton {
    private static final int ASCII = 128;
    private static final int MOST_NODES = 256;

    private final List<KeyToken> tokens;
    private final boolean folderOnly;
    private final boolean oneBeyondAscii;
    private final Map<BitSet, Node> nodes = new ConcurrentHashMap<>();
    private final Node start;

    /** Of a pattern; {@code folderOnly}: it matches folders above a key, never the key itself. */
    KeyAutomaton(List<KeyToken> tokens, boolean folderOnly) {
        this.tokens = List.copyOf(tokens);
        this.folderOnly = folderOnly;
        oneBeyondAscii = tokens.stream().noneMatch(token -> token.tellsApart(ASCII));
        BitSet first = new BitSet();
        add(first, 0, true);
        start = node(first);
    }

    /** Which tokens could be next, and whether the pattern may be over here. */
    private final class Node {
        private final BitSet states;
        private final boolean over;
        private final @Nullable Node[] next = new Node[ASCII + 1];

        Node(BitSet states) {
            this.states = states;
            over = states.get(tokens.size());
        }
    }

    /** Whether the whole key matches, or the path of a folder above it. */
    boolean matches(int[] key) {
        Node node = start;
        for (int codePoint : key) {
            if (codePoint == '/' && node.over) {
                return true;
            }
            node = after(node, codePoint);
            if (node.states.isEmpty()) {
                return false;
            }
        }
        return !folderOnly && node.over;
    }

    private Node after(Node node, int codePoint) {
        if (codePoint >= ASCII && !oneBeyondAscii) {
            return node(step(node.states, codePoint));
        }
        int slot = Math.min(codePoint, ASCII);
        Node known = node.next[slot];
        if (known != null) {
            return known;
        }
        Node found = node(step(node.states, codePoint));
        if (nodes.get(found.states) == found) {
            node.next[slot] = found;
        }
        return found;
    }

    /** The node of these states; beyond the bound a new one that is not remembered. */
    private Node node(BitSet states) {
        Node known = nodes.get(states);
        if (known != null) {
            return known;
        }
        return nodes.size() < MOST_NODES ? nodes.computeIfAbsent(states, Node::new) : new Node(states);
    }

    private BitSet step(BitSet states, int codePoint) {
        BitSet next = new BitSet(tokens.size() + 1);
        for (int state = states.nextSetBit(0);
                state >= 0 && state < tokens.size();
                state = states.nextSetBit(state + 1)) {
            KeyToken token = tokens.get(state);
            if (token.accepts(codePoint)) {
                add(next, token.repeats() ? state : state + 1, codePoint == '/');
            }
        }
        return next;
    }

    /** Adds a state and those that follow without a character: past a star anywhere, past whole folders behind a slash. */
    private void add(BitSet states, int first, boolean atFolderStart) {
        int state = first;
        states.set(state);
        while (state < tokens.size() && tokens.get(state).mayBeNothing(atFolderStart)) {
            state++;
            states.set(state);
        }
    }
}
