package dev.replicator.server.api;

import java.util.List;

/** Requests that nobody in his right mind sends, and that the description allows all the same. */
public final class OddRequests {
    private OddRequests() {}

    /** To be read by whoever may read everything. */
    public static List<String> paths() {
        return List.of(
                "/api/v1/runs?since=%2B999999999-12-31T23:59:59Z",
                "/api/v1/runs?since=-999999999-01-01T00:00:00Z",
                "/api/v1/runs?since=9999-12-31T23:59:60Z",
                "/api/v1/runs?since=0000-01-01T00:00:00%2B18:00",
                "/api/v1/runs?pageToken=%00",
                "/api/v1/runs?pageToken=%ED%A0%80",
                "/api/v1/runs?job=%00",
                "/api/v1/runs?job=media%00",
                "/api/v1/runs/a%00b",
                "/api/v1/runs/%ED%A0%80",
                "/api/v1/runs/a%00b/objects",
                "/api/v1/runs/a%00b/failures",
                "/api/v1/plans/a%00b",
                "/api/v1/plans/a%00b/actions",
                "/api/v1/jobs/a%00b",
                "/api/v1/jobs/media/validation?pageToken=9.%00",
                "/api/v1/jobs/media/validation?prefixBase64=%00",
                "/api/v1/jobs/media/drift?prefixBase64=AA%3D%3D&pageToken=999999999999999999.",
                "/api/v1/audit?pageToken=%00",
                "/api/v1/audit?pageToken=%FF");
    }

    /** What follows a run's {@code /objects}. */
    public static List<String> pages() {
        return List.of(
                "?cause=%00",
                "?cause=%00&pageToken=DONE..0.AA",
                "?pageToken=999999999999999999",
                "?outcome=DONE&pageToken=DONE..999999999999999999.____",
                "?outcome=DONE&pageToken=DONE..0.",
                "?outcome=DONE&pageToken=...",
                "?prefix=%00",
                "?prefix=%ED%A0%80",
                "?prefixBase64=AA%3D%3D",
                "?prefixBase64=____");
    }
}
