package dev.replicator.job;

import java.util.List;

/** A part of a {@link KeyPattern}. */
sealed interface KeyToken {
    boolean accepts(int codePoint);

    /** Whether it may take another character after one. */
    default boolean repeats() {
        return false;
    }

    /** Whether it may take none. */
    default boolean mayBeNothing(boolean atFolderStart) {
        return false;
    }

    /** Whether it treats the code points from {@code from} up differently from one another. */
    default boolean tellsApart(int from) {
        return false;
    }

    record Literal(int codePoint) implements KeyToken {
        @Override
        public boolean accepts(int other) {
            return codePoint == other;
        }

        @Override
        public boolean tellsApart(int from) {
            return codePoint >= from;
        }
    }

    record OneOf(boolean negated, List<int[]> spans) implements KeyToken {
        @Override
        public boolean accepts(int other) {
            boolean within = spans.stream().anyMatch(span -> span[0] <= other && other <= span[1]);
            return other != '/' && within != negated;
        }

        @Override
        public boolean tellsApart(int from) {
            return spans.stream().anyMatch(span -> span[1] >= from);
        }
    }

    record One() implements KeyToken {
        @Override
        public boolean accepts(int other) {
            return other != '/';
        }
    }

    /** {@code *} or {@code **}: zero or more. */
    record Many(boolean slashes) implements KeyToken {
        @Override
        public boolean accepts(int other) {
            return slashes || other != '/';
        }

        @Override
        public boolean repeats() {
            return true;
        }

        @Override
        public boolean mayBeNothing(boolean atFolderStart) {
            return true;
        }
    }

    /** {@code **}{@code /}: zero or more whole folders. */
    record Folders() implements KeyToken {
        @Override
        public boolean accepts(int other) {
            return true;
        }

        @Override
        public boolean repeats() {
            return true;
        }

        @Override
        public boolean mayBeNothing(boolean atFolderStart) {
            return atFolderStart;
        }
    }
}
