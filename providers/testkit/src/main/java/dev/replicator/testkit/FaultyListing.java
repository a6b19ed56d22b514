package dev.replicator.testkit;

import dev.replicator.store.EntryNote;
import dev.replicator.store.Listing;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns pages as the script says; a fault before the effect leaves the position, one after it loses the page's answer. */
final class FaultyListing implements Listing {
    private final Listing delegate;
    private final FaultyStore store;
    private Optional<Page> previous = Optional.empty();
    private Optional<Page> unanswered = Optional.empty();
    private Optional<Boolean> claim = Optional.empty();
    private boolean over;

    FaultyListing(Listing delegate, FaultyStore store) {
        this.delegate = delegate;
        this.store = store;
    }

    @Override
    public Optional<Page> next() {
        if (over) {
            return Optional.empty();
        }
        List<Fault> faults = store.struck(new StoreCall(StoreOperation.LIST_PAGE, Optional.empty()));
        FaultyStore.before(faults);
        Optional<Page> honest = unanswered.isPresent() ? unanswered : delegate.next();
        unanswered = honest;
        FaultyStore.after(faults);
        unanswered = Optional.empty();
        Optional<Page> told = honest;
        for (Fault fault : faults) {
            if (fault instanceof Fault.Lie lie) {
                told = told(lie.lie(), told);
            }
        }
        previous = honest;
        return told;
    }

    private Optional<Page> told(ListingLie lie, Optional<Page> honest) {
        return switch (lie) {
            case OUT_OF_ORDER -> honest.map(page -> rebuilt(page, FaultyListing::swapFirstTwo));
            case DUPLICATE_KEY -> honest.map(page -> rebuilt(page, FaultyListing::repeatFirst));
            case OMITS_LAST_KEY -> honest.map(page -> rebuilt(page, entries -> remove(entries, entries.size() - 1)));
            case OMITS_FIRST_KEY -> honest.map(page -> rebuilt(page, entries -> remove(entries, 0)));
            case REPEATED_PAGE -> previous.isPresent() ? previous : honest;
            case ENDS_EARLY_AS_COMPLETE -> end(true);
            case ENDS_EARLY_INCOMPLETE -> end(false);
            case DENIES_COMPLETENESS -> {
                claim = Optional.of(false);
                yield honest;
            }
        };
    }

    private Optional<Page> end(boolean complete) {
        over = true;
        claim = Optional.of(complete);
        return Optional.empty();
    }

    private interface Rearranging {
        void apply(List<ObjectMeta> entries);
    }

    /** Digest kinds of versions are kept: pages of one store have one kind or none. */
    private static Page rebuilt(Page page, Rearranging change) {
        List<ObjectMeta> entries = new ArrayList<>();
        Page.Builder builder = new Page.Builder(page.count() + 1);
        for (int entry = 0; entry < page.count(); entry++) {
            ObjectMeta meta = page.meta(entry);
            meta.fingerprints().forEach(print -> builder.versionsAre(print.algorithm()));
            entries.add(meta);
        }
        change.apply(entries);
        for (ObjectMeta entry : entries) {
            EntryNote note = entry.note();
            builder.add(entry.key(), entry.size(), entry.modified(), entry.version(), note);
        }
        return builder.build();
    }

    private static void swapFirstTwo(List<ObjectMeta> entries) {
        if (entries.size() > 1) {
            entries.add(1, entries.remove(0));
        }
    }

    private static void repeatFirst(List<ObjectMeta> entries) {
        if (!entries.isEmpty()) {
            entries.add(0, entries.get(0));
        }
    }

    private static void remove(List<ObjectMeta> entries, int index) {
        if (!entries.isEmpty()) {
            entries.remove(index);
        }
    }

    @Override
    public boolean complete() {
        return claim.orElseGet(delegate::complete);
    }

    @Override
    public void close() {
        delegate.close();
    }
}
