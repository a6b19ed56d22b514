package dev.replicator.engine;

import dev.replicator.store.EntryNote;
import dev.replicator.store.ListRequest;
import dev.replicator.store.Listing;
import dev.replicator.store.ObjectKey;
import dev.replicator.store.ObjectMeta;
import dev.replicator.store.ObjectStore;
import dev.replicator.store.Page;
import dev.replicator.store.TransientStoreException;
import dev.replicator.store.TransientStoreException.Trouble;
import dev.replicator.store.UnprovenListingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Listings that no honest store would make, each around an honest one in pages of ten keys. */
enum ListLies {
    THE_SAME_PAGE_FOR_EVER {
        @Override
        Optional<Page> told(Listing honest, int page, State state) {
            state.kept = state.kept.or(honest::next);
            return state.kept;
        }
    },
    ENDLESS_EMPTY_PAGES {
        @Override
        Optional<Page> told(Listing honest, int page, State state) {
            return page == 1 ? honest.next() : Optional.of(new Page.Builder(1).build());
        }
    },
    NO_KEYS_AT_ALL {
        @Override
        Optional<Page> told(Listing honest, int page, State state) {
            return Optional.empty();
        }

        @Override
        boolean claimsToBeComplete(Listing honest) {
            return true;
        }
    },
    UNPROVEN_IN_THE_MIDDLE {
        @Override
        Optional<Page> told(Listing honest, int page, State state) {
            if (page >= 2) {
                throw new UnprovenListingException("an HTML page");
            }
            return honest.next();
        }
    },
    BREAKS_WITH_A_BUG {
        @Override
        Optional<Page> told(Listing honest, int page, State state) {
            if (page >= 2) {
                throw new IllegalStateException("a bug in the provider");
            }
            return honest.next();
        }
    },
    BREAKS_WITH_A_BUG_AT_THE_END {
        @Override
        Optional<Page> told(Listing honest, int page, State state) {
            return honest.next();
        }

        @Override
        boolean claimsToBeComplete(Listing honest) {
            throw new IllegalStateException("a bug in the provider");
        }
    },
    BREAKS_WITH_A_BUG_AT_ONCE {
        @Override
        Listing list(ObjectStore store, ListRequest request) {
            throw new IllegalStateException("a bug in the provider");
        }
    },
    /** After a lost page it begins anew, though it was asked for what follows. */
    KEYS_BEFORE_THE_RANGE {
        @Override
        Optional<Page> told(Listing honest, int page, State state) {
            if (state.failedOnce.incrementAndGet() == 2) {
                throw new TransientStoreException(Trouble.NETWORK, "connection lost");
            }
            if (state.failedOnce.get() == 3) {
                return state.kept;
            }
            Optional<Page> next = honest.next();
            state.kept = next;
            return next;
        }
    },
    A_KEY_WITHOUT_A_NAME {
        @Override
        Optional<Page> told(Listing honest, int page, State state) {
            return page == 2 ? honest.next().map(ListLies::withNamelessKey) : honest.next();
        }
    },
    A_NEGATIVE_SIZE {
        @Override
        Optional<Page> told(Listing honest, int page, State state) {
            return page == 2 ? honest.next().map(ListLies::withNegativeSize) : honest.next();
        }
    },
    /** As long as the right one, so that without its prefix the key looks right and stands in order. */
    A_KEY_OF_ANOTHER_PREFIX {
        @Override
        Optional<Page> told(Listing honest, int page, State state) {
            return page == 2 ? honest.next().map(found -> withFirstKey(found, "evil/00010")) : honest.next();
        }
    },
    A_KEY_SHORTER_THAN_THE_PREFIX {
        @Override
        Optional<Page> told(Listing honest, int page, State state) {
            return page == 2 ? honest.next().map(found -> withFirstKey(found, "z")) : honest.next();
        }
    },
    THE_PREFIX_ITSELF {
        @Override
        Optional<Page> told(Listing honest, int page, State state) {
            return page == 1 ? honest.next().map(found -> withFirstKey(found, "site/")) : honest.next();
        }
    },
    /** As a program sorts that compares UTF-16 units. */
    THE_ORDER_OF_STRINGS {
        @Override
        Optional<Page> told(Listing honest, int page, State state) {
            return honest.next().map(ListLies::sortedAsStrings);
        }
    };

    /** The destination and source prefix under which the lies are told. */
    static final String PREFIX = "site/";

    static final class State {
        Optional<Page> kept = Optional.empty();
        final AtomicInteger failedOnce = new AtomicInteger();
    }

    Optional<Page> told(Listing honest, int page, State state) {
        return honest.next();
    }

    boolean claimsToBeComplete(Listing honest) {
        return honest.complete();
    }

    Listing list(ObjectStore store, ListRequest request) {
        return new Lying(this, store.list(request.paged(10)), new State());
    }

    /** A store whose listings tell this lie. */
    ObjectStore around(ObjectStore store) {
        State shared = new State();
        return new ForwardingStore(store) {
            @Override
            public Listing list(ListRequest request) {
                return ListLies.this == KEYS_BEFORE_THE_RANGE
                        ? new Lying(ListLies.this, super.list(request.paged(10)), shared)
                        : ListLies.this.list(store, request);
            }
        };
    }

    private static final class Lying implements Listing {
        private final ListLies lie;
        private final Listing honest;
        private final State state;
        private int page;

        Lying(ListLies lie, Listing honest, State state) {
            this.lie = lie;
            this.honest = honest;
            this.state = state;
        }

        @Override
        public Optional<Page> next() {
            return lie.told(honest, ++page, state);
        }

        @Override
        public boolean complete() {
            return lie.claimsToBeComplete(honest);
        }

        @Override
        public void close() {
            honest.close();
        }
    }

    private static List<ObjectMeta> entries(Page page) {
        List<ObjectMeta> entries = new ArrayList<>();
        for (int i = 0; i < page.count(); i++) {
            entries.add(page.meta(i));
        }
        return entries;
    }

    private static Page page(List<ObjectMeta> entries) {
        Page.Builder builder = new Page.Builder(entries.size());
        entries.forEach(
                entry -> builder.add(entry.key(), entry.size(), entry.modified(), entry.version(), EntryNote.NONE));
        return builder.build();
    }

    private static Page withFirstKey(Page page, String key) {
        List<ObjectMeta> entries = entries(page);
        entries.set(0, entries.get(0).withKey(ObjectKey.of(key)));
        return page(entries);
    }

    private static Page withNamelessKey(Page page) {
        return raw(page, 0, 1);
    }

    private static Page withNegativeSize(Page page) {
        return raw(page, page.key(0).length(), -1);
    }

    /** The page with its first entry's key cut to {@code keyLength} bytes and its size as given. */
    private static Page raw(Page page, int keyLength, long size) {
        Page.Builder builder = new Page.Builder(page.count());
        for (int i = 0; i < page.count(); i++) {
            byte[] version = page.version(i).token().getBytes(java.nio.charset.StandardCharsets.UTF_8);
            builder.add(
                    page.keys(),
                    page.keyStart(i),
                    i == 0 ? page.keyStart(i) + keyLength : page.keyEnd(i),
                    i == 0 ? size : page.size(i),
                    page.modifiedSecond(i),
                    page.modifiedNano(i),
                    version,
                    0,
                    version.length,
                    page.note(i));
        }
        return builder.build();
    }

    private static Page sortedAsStrings(Page page) {
        List<ObjectMeta> entries = entries(page);
        entries.sort((one, other) -> one.key().text().compareTo(other.key().text()));
        return page(entries);
    }
}
