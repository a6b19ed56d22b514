package dev.replicator.testkit.contract;

import dev.replicator.store.BucketNotFoundException;
import dev.replicator.store.EntryNote;
import dev.replicator.store.KeyPrefix;
import dev.replicator.store.KeyRange;
import dev.replicator.store.ListRequest;
import dev.replicator.store.Listing;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Page;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;

/** Stores whose listings are wrong in one way each; they list the whole bucket and show it as they like. */
final class ListingVillains {
    private ListingVillains() {}

    static ObjectStore sortingByUtf16(ObjectStore honest) {
        return showing(honest, (entries, request) -> {
            List<ObjectMeta> shown = within(entries, request);
            shown.sort(Comparator.comparing(meta -> meta.key().text()));
            return shown;
        });
    }

    /** Sorts segment by segment, as a naive walk over directories does. */
    static ObjectStore sortingBySegments(ObjectStore honest) {
        return showing(honest, (entries, request) -> {
            List<ObjectMeta> shown = within(entries, request);
            shown.sort(Comparator.comparing(meta -> meta.key().text().replace('/', '\u0001')));
            return shown;
        });
    }

    static ObjectStore includingTheLowerBound(ObjectStore honest) {
        return showing(
                honest,
                (entries, request) -> entries.stream()
                        .filter(meta -> meta.key().startsWith(request.prefix()))
                        .filter(meta -> request.range().contains(meta.key())
                                || request.range().lo().equals(Optional.of(meta.key())))
                        .toList());
    }

    static ObjectStore excludingTheUpperBound(ObjectStore honest) {
        return showing(
                honest,
                (entries, request) -> within(entries, request).stream()
                        .filter(meta -> !request.range().hi().equals(Optional.of(meta.key())))
                        .toList());
    }

    /** Loses the last key of a full page, as a client does that resumes after a key that it did not show. */
    static ObjectStore droppingTheLastKeyOfFullPages(ObjectStore honest) {
        return showing(honest, (entries, request) -> {
            List<ObjectMeta> all = within(entries, request);
            List<ObjectMeta> shown = new ArrayList<>();
            for (int i = 0; i < all.size(); i++) {
                boolean lastOfFullPage = (i + 1) % request.pageSize() == 0 && i + 1 < all.size();
                if (!lastOfFullPage) {
                    shown.add(all.get(i));
                }
            }
            return shown;
        });
    }

    /** Stops after one page of 1,000. */
    static ObjectStore endingAfterTheFirstPage(ObjectStore honest) {
        return showing(honest, (entries, request) -> {
            List<ObjectMeta> all = within(entries, request);
            return all.subList(0, Math.min(all.size(), ListRequest.MAX_PAGE));
        });
    }

    static ObjectStore takingPrefixesForFolders(ObjectStore honest) {
        return showing(honest, (entries, request) -> {
            ListRequest folder =
                    new ListRequest(KeyPrefix.ofFolder(request.prefix().text()), request.range(), request.pageSize());
            return within(entries, folder);
        });
    }

    static ObjectStore cuttingPrefixesToFolders(ObjectStore honest) {
        return showing(honest, (entries, request) -> {
            String text = request.prefix().text();
            String cut = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
            return within(entries, new ListRequest(KeyPrefix.of(cut), request.range(), request.pageSize()));
        });
    }

    static ObjectStore showingOtherTimesThanAHead(ObjectStore honest) {
        return showing(
                honest,
                (entries, request) -> within(entries, request).stream()
                        .map(meta -> new ObjectMeta(
                                meta.key(), meta.size(), meta.modified().plus(Duration.ofSeconds(1)), meta.version()))
                        .toList());
    }

    static ObjectStore listingAMissingBucketAsEmpty(ObjectStore honest) {
        return new WrappedStore(honest) {
            @Override
            public Listing list(ListRequest request) {
                Listing listing = super.list(request);
                return new ListOfPages(List.of()) {
                    @Override
                    public Optional<Page> next() {
                        try {
                            return listing.next();
                        } catch (BucketNotFoundException e) {
                            return Optional.empty();
                        }
                    }
                };
            }
        };
    }

    /** Skips keys that come just before one that another program writes: as offset paging does. */
    static ObjectStore pagingByOffset(ObjectStore honest) {
        return new WrappedStore(honest) {
            @Override
            public Listing list(ListRequest request) {
                return new ListOfPages(List.of()) {
                    private int shown;

                    @Override
                    public Optional<Page> next() {
                        List<ObjectMeta> now = within(wholeBucket(honest), request);
                        List<ObjectMeta> rest = now.subList(Math.min(shown, now.size()), now.size());
                        List<ObjectMeta> page = rest.subList(0, Math.min(rest.size(), request.pageSize()));
                        shown += page.size();
                        LockSupport.parkNanos(StoreVillains.LINGER / 4);
                        return page.isEmpty() ? Optional.empty() : Optional.of(pageOf(page));
                    }
                };
            }
        };
    }

    private static ObjectStore showing(
            ObjectStore honest, BiFunction<List<ObjectMeta>, ListRequest, List<ObjectMeta>> view) {
        return new WrappedStore(honest) {
            @Override
            public Listing list(ListRequest request) {
                List<ObjectMeta> shown = view.apply(wholeBucket(honest), request);
                List<Page> pages = new ArrayList<>();
                for (int from = 0; from < shown.size(); from += request.pageSize()) {
                    pages.add(pageOf(shown.subList(from, Math.min(shown.size(), from + request.pageSize()))));
                }
                return new ListOfPages(pages);
            }
        };
    }

    private static List<ObjectMeta> within(List<ObjectMeta> entries, ListRequest request) {
        List<ObjectMeta> within = new ArrayList<>(entries);
        KeyRange range = request.range();
        within.removeIf(meta -> !range.contains(meta.key()) || !meta.key().startsWith(request.prefix()));
        return within;
    }

    private static List<ObjectMeta> wholeBucket(ObjectStore honest) {
        List<ObjectMeta> entries = new ArrayList<>();
        try (Listing listing = honest.list(ListRequest.everything())) {
            for (Optional<Page> page = listing.next(); page.isPresent(); page = listing.next()) {
                for (int entry = 0; entry < page.get().count(); entry++) {
                    entries.add(page.get().meta(entry));
                }
            }
        }
        return entries;
    }

    private static Page pageOf(List<ObjectMeta> entries) {
        Page.Builder page = new Page.Builder(entries.size());
        for (ObjectMeta entry : entries) {
            ObjectKey key = entry.key();
            page.add(key, entry.size(), entry.modified(), entry.version(), EntryNote.NONE);
        }
        return page.build();
    }

    private static class ListOfPages implements Listing {
        private final List<Page> pages;
        private int next;

        ListOfPages(List<Page> pages) {
            this.pages = pages;
        }

        @Override
        public Optional<Page> next() {
            return next < pages.size() ? Optional.of(pages.get(next++)) : Optional.empty();
        }

        @Override
        public boolean complete() {
            return true;
        }

        @Override
        public void close() {}
    }
}
