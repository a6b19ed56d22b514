package dev.replicator.report;

/** How much one side holds in a job's scope. */
public record SideCount(long objects, long bytes) {
    public static final SideCount ZERO = new SideCount(0, 0);

    public SideCount plus(SideCount more) {
        return new SideCount(objects + more.objects, bytes + more.bytes);
    }
}
