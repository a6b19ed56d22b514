package dev.replicator.baseline;

import dev.replicator.baseline.BaselineRun.Coverage;

/**
 * What the next baseline is about, and what may be concluded from it.
 *
 * @param last what the run found
 * @param subject what it compared
 * @param coverage how much of that
 */
record Succession(LastBaseline last, BaselineSubject subject, Coverage coverage) {
    /** Entries of two rules: none is believed. */
    private static final String MIXED = "mixed";

    /** How many prefix pairs the next baseline has. */
    int pairs() {
        return last.manifest()
                .map(old -> old.subject().paths().size())
                .orElse(subject.paths().size());
    }

    /**
     * This run's subject, or the last one's when this run saw a part of it. A run notes each pair that its rule found
     * equal, so what was carried over by another rule's word was proven by that one alone.
     *
     * @param carried whether entries of the last baseline were taken over as they were
     */
    BaselineSubject next(boolean carried) {
        if (last.manifest().isEmpty()) {
            return subject;
        }
        BaselineSubject old = last.manifest().get().subject();
        boolean oneRule = old.rule().equals(subject.rule()) || !carried;
        return new BaselineSubject(
                subject.source(),
                subject.destination(),
                old.paths(),
                oneRule ? subject.rule() : MIXED,
                seesAll(old) ? subject.scope() : old.scope());
    }

    /** Whether absence from the next baseline means something. */
    boolean isWhole() {
        return last.manifest()
                .map(old -> seesAll(old.subject()) || old.whole() && last.intact())
                .orElse(coverage != Coverage.PART);
    }

    private boolean seesAll(BaselineSubject old) {
        return coverage != Coverage.PART && old.paths().equals(subject.paths());
    }
}
