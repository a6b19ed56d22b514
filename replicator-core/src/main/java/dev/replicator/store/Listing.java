package dev.replicator.store;

import java.util.Optional;

/**
 * A sorted walk over the keys of a {@link ListRequest}, page by page. Keys ascend strictly in unsigned UTF-8 bytes
 * within and across pages and lie within the requested prefix and range. Used by one thread.
 *
 * <p>A page is delivered only once it is proven to be an answer to the request; an answer that can't be proven throws
 * {@link UnprovenListingException}. Neither that nor a transient failure moves the position: {@code next} may be called
 * again and asks for the same page, behind the last key shown.
 */
public interface Listing extends AutoCloseable {
    /**
     * The next page, possibly without entries; empty once the range is exhausted.
     *
     * @throws StoreException when the page can't be had or can't be trusted
     */
    Optional<Page> next();

    /**
     * After the end: whether every key of the range was shown. False when a part could not be read (an unreadable
     * sub-directory); then nothing may be concluded from a key's absence. Before the end: whether every part met so far
     * could be read.
     */
    boolean complete();

    @Override
    void close();
}
