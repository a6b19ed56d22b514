package dev.replicator.plan;

/**
 * What stands in a plan file's trailer.
 *
 * @param copied objects to be written to absent keys
 * @param overwritten objects to be written over existing ones
 * @param metadataUpdated objects whose metadata alone is to be changed
 * @param bytes to be copied
 * @param gateOpen whether the deletes were allowed when the plan was made
 * @param gateReason why not
 */
public record PlanTotals(
        long copied,
        long overwritten,
        long deleted,
        long metadataUpdated,
        long skipped,
        long bytes,
        boolean gateOpen,
        String gateReason) {
    public boolean hasChanges() {
        return copied + overwritten + deleted + metadataUpdated > 0;
    }
}
