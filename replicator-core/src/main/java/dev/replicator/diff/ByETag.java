package dev.replicator.diff;

import dev.replicator.store.Page;
import java.util.regex.Pattern;

/**
 * Compares ETags. Equal ones mean equal content; different ones mean different content only where both are MD5s. An
 * object made of parts has an ETag of their sizes too (it ends in {@code -} and their number), and one encrypted with a
 * key of KMS has an arbitrary one that looks like an MD5: heads tell which it is. What ETags can't tell is compared by
 * size and time, so that a copy whose ETag can't be its source's is not made again and again. First match decides:
 *
 * <table>
 * <caption>By ETag</caption>
 * <tr><th>sizes</th><th>ETags</th><th>size and modified says</th><th>verdict</th></tr>
 * <tr><td>differ</td><td>any</td><td>any</td><td>SIZE</td></tr>
 * <tr><td>equal</td><td>equal</td><td>any</td><td>SAME_CONTENT</td></tr>
 * <tr><td>equal</td><td>differ, and other digests too that must agree</td><td>any</td><td>ETAG</td></tr>
 * <tr><td>equal</td><td>one is no MD5</td><td>any</td><td>what that says</td></tr>
 * <tr><td>equal</td><td>both look like MD5s</td><td>NEWER</td><td>ETAG</td></tr>
 * <tr><td>equal</td><td>both look like MD5s</td><td>SAME</td><td>DOUBTFUL_ETAGS</td></tr>
 * <tr><td>equal</td><td>both look like MD5s</td><td>DOUBT</td><td>DOUBT</td></tr>
 * </table>
 */
final class ByETag implements Comparison {
    private static final Pattern MD5 = Pattern.compile("[0-9a-fA-F]{32}");

    private final Comparison sizeAndModified;

    ByETag(Comparison sizeAndModified) {
        this.sizeAndModified = sizeAndModified;
    }

    @Override
    public Verdict compare(Page source, int i, Page destination, int j) {
        if (source.size(i) != destination.size(j)) {
            return Verdict.SIZE;
        }
        switch (source.compareDigests(i, destination, j)) {
            case EQUAL:
                return Verdict.SAME_CONTENT;
            case DIFFERENT:
                return Verdict.ETAG;
            default:
                break;
        }
        Verdict otherwise = sizeAndModified.compare(source, i, destination, j);
        if (!looksLikeMd5(source, i) || !looksLikeMd5(destination, j)) {
            return otherwise;
        }
        return switch (otherwise) {
            case NEWER -> Verdict.ETAG;
            case SAME -> Verdict.DOUBTFUL_ETAGS;
            default -> otherwise;
        };
    }

    private static boolean looksLikeMd5(Page page, int entry) {
        return page.hasDigests() && MD5.matcher(page.version(entry).token()).matches();
    }
}
