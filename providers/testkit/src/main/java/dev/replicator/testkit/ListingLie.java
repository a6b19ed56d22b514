package dev.replicator.testkit;

/** How a listing can lie about one of its pages. */
public enum ListingLie {
    /** The page's first two keys change places; a page of one key is sent as it is. */
    OUT_OF_ORDER,
    /** The page's first key comes twice. */
    DUPLICATE_KEY,
    /** The page before comes again in its place; the first page is sent as it is. */
    REPEATED_PAGE,
    /** The page's last key is left out. */
    OMITS_LAST_KEY,
    /** The page's first key is left out. */
    OMITS_FIRST_KEY,
    /** The listing ends instead of this page and calls itself complete. */
    ENDS_EARLY_AS_COMPLETE,
    /** The listing ends instead of this page and admits that it is incomplete. */
    ENDS_EARLY_INCOMPLETE,
    /** The whole listing is shown, and yet it calls itself incomplete. */
    DENIES_COMPLETENESS
}
