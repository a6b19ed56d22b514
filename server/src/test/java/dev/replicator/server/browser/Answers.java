package dev.replicator.server.browser;

import dev.replicator.report.Remedies;
import dev.replicator.server.http.ProblemCode;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a busy server would answer, hostile texts included: each in the words of the API's description. */
final class Answers {
    /** What runs if any screen takes it for more than text. */
    static final String HOSTILE = "<img src=x onerror=ran('key')>/\\\"'`\\u202Efdp.exe \\u200B\\uD83D\\uDE80 ";

    /** Of which the screens show nothing: they have the report's. */
    private static final String NUMBERS = """
            "resultsLost":"","totals":{"copied":0,"overwritten":0,"deleted":0,"metadataUpdated":0,"unchanged":0,"skipped":0,\
            "stale":0,"failed":0,"found":0,"bytes":0,"requests":0,"durationMillis":0}""";

    private static final Instant NOW = Instant.now();

    private Answers() {}

    static CannedServer busy(CannedServer server) {
        String failures = "\"failures\":[],\"failuresTruncated\":false,\"warnings\":[]";
        String fine = """
                {"copied":18,"overwritten":2,"deleted":1,"unchanged":41186,"skipped":0,"stale":0,"failed":0,"bytes":23488102,\
                "gate":{"verdict":"OPEN","reason":"","planned":1,"limit":1000},%s}""".formatted(failures);
        String partial = """
                {"copied":4102,"overwritten":0,"deleted":0,"unchanged":9981,"skipped":2,"stale":1,"failed":3,"bytes":912488102,\
                "gate":{"verdict":"CLOSED","reason":"3 copies failed, so nothing is deleted","planned":12,"limit":1000},%s}\
                """.formatted(failures);
        String gate = """
                {"copied":3,"overwritten":0,"deleted":0,"unchanged":800,"skipped":0,"stale":0,"failed":0,"bytes":1200,\
                "gate":{"verdict":"CLOSED","reason":"812 deletes are more than the limit of 50 objects","planned":812,"limit":50},%s}\
                """.formatted(failures);
        String broken = """
                {"copied":0,"unchanged":0,"failed":0,"bytes":0,%s,"problem":{"kind":"ACCESS","message":\
                "AccessDenied on s3:PutObject, bucket acme-prod-docs: the identity arn:aws:iam::123456789012:role/replicator may not write"}}\
                """.formatted(failures);
        String differs =
                "{\"valid\":false,\"matched\":41186,\"missing\":12,\"mismatched\":3,\"extra\":1,\"unreadable\":0}";
        String plan = run("plan-1", "uploads", "plan", false, "SUCCEEDED", 8, fine);
        String live = """
                {"id":"live-1","job":"media","action":"sync","dryRun":false,"state":"RUNNING",\
                "trigger":{"kind":"SCHEDULE","by":"schedule","reason":""},"createdAt":"%s","startedAt":"%s","endedAt":null,\
                "message":"","remedy":"",%s,"progress":{"sourceKeys":41206,"destinationKeys":41189,"planned":180,"finished":131,"failed":2,\
                "bytes":168820730},"links":{"self":"runs/live-1","objects":"runs/live-1/objects","failures":"runs/live-1/failures"}}""".formatted(ago(70), ago(69), NUMBERS);
        server.on("GET me", 200, "{\"name\":\"grace\",\"role\":\"admin\"}")
                .on("GET about", 200, "{\"title\":\"Acme media\",\"version\":\"0.1.0\"}")
                .on("GET events", ProblemCode.TOO_MANY_WATCHERS, "try again in 30 s")
                .on(
                        "GET jobs",
                        200,
                        "{\"items\":["
                                + String.join(
                                        ",",
                                        job(
                                                "media",
                                                "s3://acme-dev-media/public/",
                                                "s3://acme-prod-media/public/",
                                                live,
                                                false,
                                                -1200),
                                        job(
                                                "docs",
                                                "s3://acme-dev-docs/",
                                                "s3://acme-prod-docs/",
                                                run("docs-1", "docs", "sync", false, "FAILED", 7300, broken),
                                                false,
                                                -3000),
                                        job(
                                                "uploads",
                                                "gs://acme-staging-user-uploads-europe-west1/exports/",
                                                "s3://acme-prod-uploads/",
                                                plan,
                                                false,
                                                0),
                                        job(
                                                "thumbnails",
                                                "file:///srv/dev/thumbnails",
                                                "file:///srv/prod/thumbnails",
                                                run(
                                                        "thumbs-1",
                                                        "thumbnails",
                                                        "validate",
                                                        false,
                                                        "FINDINGS",
                                                        111_600,
                                                        differs),
                                                false,
                                                -86_000),
                                        job(
                                                "catalogue",
                                                "s3://acme-dev-catalogue/",
                                                "s3://acme-prod-catalogue/",
                                                run("cat-1", "catalogue", "sync", false, "SUCCEEDED", 1900, fine),
                                                true,
                                                0),
                                        job(
                                                "archive",
                                                "s3://acme-dev-archive/",
                                                "s3://acme-prod-archive/",
                                                null,
                                                false,
                                                0))
                                + "]}");
        Stream.of("media", "docs", "uploads", "thumbnails", "catalogue", "archive")
                .forEach(name -> server.on(
                        "GET jobs/" + name,
                        200,
                        job(
                                name,
                                "s3://acme-dev-" + name + "/",
                                "s3://acme-prod-" + name + "/",
                                null,
                                name.equals("catalogue"),
                                -1200)));
        server.on("GET runs", 200, page(runs("media", live, fine, partial, gate)))
                .on("GET runs?job=media&pageSize=24", 200, page(runs("media", live, fine, partial, gate)))
                .on("GET runs?job=media&pageSize=20", 200, page(runs("media", live, fine, partial, gate)))
                .on(
                        "GET runs?job=docs&pageSize=24",
                        200,
                        page(Stream.of(
                                run("docs-1", "docs", "sync", false, "FAILED", 7300, broken),
                                run("docs-0", "docs", "sync", false, "SUCCEEDED", 90_000, fine))))
                .on(
                        "GET runs?job=uploads&pageSize=24",
                        200,
                        page(Stream.of(plan, run("up-0", "uploads", "sync", false, "SUCCEEDED", 90_000, fine))))
                .on(
                        "GET runs?job=thumbnails&pageSize=24",
                        200,
                        page(Stream.of(
                                run("thumbs-1", "thumbnails", "validate", false, "FINDINGS", 111_600, differs),
                                run("thumbs-0", "thumbnails", "sync", false, "SUCCEEDED", 190_000, fine))))
                .on(
                        "GET runs?job=catalogue&pageSize=24",
                        200,
                        page(Stream.of(run("cat-1", "catalogue", "sync", false, "SUCCEEDED", 1900, fine))))
                .on("GET runs?job=archive&pageSize=24", 200, "{\"items\":[],\"nextPageToken\":null}")
                .on("GET runs/live-1", 200, live)
                .on("GET runs/partial-1", 200, run("partial-1", "media", "sync", false, "PARTIAL", 500, partial))
                .on("GET runs/refused-1", 200, run("refused-1", "media", "sync", false, "REFUSED", 500, gate))
                .on("GET runs/live-1/failures", 200, "{\"items\":[]}")
                .on("GET runs/refused-1/failures", 200, "{\"items\":[]}")
                .on("GET runs/partial-1/failures", 200, """
                        {"items":[{"outcome":"FAILED","cause":"PERMISSION","title":"Not permitted","count":3,"remedy":"Give the credentials the right that the message names, on this bucket and prefix, then run it again.","examples":[%s,%s]},
                        {"outcome":"SKIPPED","cause":"ARCHIVED","title":"Archived","count":2,"remedy":"Restore it from its archive, then run it again.","examples":[%s]}]}""".formatted(
                                object(
                                        "private/reports/2026/11/quarterly.pdf",
                                        "COPY",
                                        "FAILED",
                                        "PERMISSION",
                                        0,
                                        "AccessDenied: s3:PutObject on private/ is not allowed"),
                                object(HOSTILE, "COPY", "FAILED", "PERMISSION", 0, HOSTILE),
                                object("cold/2019/footage.mov", "SKIP", "SKIPPED", "ARCHIVED", 0, "")))
                .on("GET plans/plan-1", 200, """
                        {"id":"plan-1","job":"uploads","state":"OPEN","digest":"9f2c1c6b0d7be0f4","changes":true,"createdAt":"%s",\
                        "decidedBy":null,"decidedAt":null,"comment":"","appliedRun":null,"report":%s,\
                        "links":{"self":"plans/plan-1","actions":"plans/plan-1/actions","run":"runs/plan-1"}}""".formatted(ago(480), fine))
                .on("GET plans/gone", ProblemCode.PLAN_GONE, "it was forgotten with its run")
                .on("GET notifications", 200, """
                        {"items":[{"channel":"ops-slack","kind":"slack","on":["failed","guard","recovered"],"jobs":[],"waiting":0,"nextTry":null,
                        "last":{"id":"1","event":"FAILED","job":"docs","state":"DELIVERED","attempts":1,"at":"%s","code":200,"problem":""}},
                        {"channel":"billing","kind":"webhook","on":["succeeded"],"jobs":["media","docs"],"waiting":2,"nextTry":"%s",
                        "last":{"id":"2","event":"SUCCEEDED","job":"media","state":"WAITING","attempts":3,"at":"%s","code":502,"problem":"%s"}},
                        {"channel":"team","kind":"email","on":["silent"],"jobs":[],"waiting":0,"nextTry":null,"last":null}]}""".formatted(ago(7200), ago(-60), ago(90), HOSTILE));
        objects(server);
        findings(server);
        return server;
    }

    private static void objects(CannedServer server) {
        String deletes = objectsPage(
                object("exports/2025/old-report.csv", "DELETE", "PLANNED", "EXTRA", 0, ""),
                object(HOSTILE, "DELETE", "PLANNED", "EXTRA", 0, ""));
        String planned = objectsPage(
                object("exports/2026/11/invoices.csv", "COPY", "PLANNED", "MISSING", 23_488, ""),
                object("exports/2026/11/orders.parquet", "OVERWRITE", "PLANNED", "NEWER", 912_488_102, ""),
                object("k".repeat(1024), "COPY", "PLANNED", "MISSING", 12, ""));
        String mixed = objectsPage(
                object("public/images/hero.webp", "OVERWRITE", "DONE", "", 184_220, ""),
                object("public/images/team/\\u65E5\\u672C\\u8A9E.jpg", "COPY", "DONE", "", 90_112, ""),
                object(HOSTILE, "COPY", "FAILED", "PERMISSION", 0, HOSTILE),
                object("cold/2019/footage.mov", "SKIP", "SKIPPED", "ARCHIVED", 0, ""),
                object("public/data.json", "COPY", "STALE", "", 0, "the source changed while it was copied"),
                object("n/".repeat(512), "DELETE", "NOT_RUN", "", 0, "the gate stayed closed"));
        server.on("GET runs/plan-1/objects?outcome=PLANNED&cause=EXTRA&pageSize=50", 200, deletes)
                .on("GET runs/plan-1/objects", 200, planned)
                .on("GET runs/live-1/objects", 200, mixed)
                .on("GET runs/partial-1/objects", 200, mixed)
                .on("GET runs/refused-1/objects", 200, "{\"items\":[],\"nextPageToken\":null}");
    }

    private static void findings(CannedServer server) {
        String head = "{\"run\":\"thumbs-1\",\"state\":\"FINDINGS\",\"at\":\"" + ago(111_600)
                + "\",\"ageSeconds\":111600,\"resultsLost\":\"\",\"meanings\":{" + meaning("missing") + ","
                + meaning("edited") + "},\"items\":[";
        server.on("GET jobs/thumbnails/validation", 200, head + """
                {"prefix":"2025/","count":11,"kinds":{"missing":9,"mismatched":2}},
                {"prefix":"<img src=x onerror=ran('prefix')>/","count":4,"kinds":{"missing":3,"extra":1}},
                {"object":"%s","kind":"mismatched","bytes":1204,"message":"%s"}],"nextPageToken":"more"}""".formatted(HOSTILE, HOSTILE))
                .on("GET jobs/media/drift", 200, head + """
                {"prefix":"public/","count":3,"kinds":{"edited":2,"deleted":1}},
                {"object":"robots.txt","kind":"edited","bytes":120,"message":"another ETag than the last run left"}],"nextPageToken":null}""");
    }

    private static String meaning(String kind) {
        String cause = kind.toUpperCase(Locale.ROOT);
        return "\"%s\":{\"title\":\"%s\",\"remedy\":\"%s\"}"
                .formatted(kind, Remedies.title("FOUND", cause), Remedies.of("FOUND", cause));
    }

    private static Stream<String> runs(String job, String first, String fine, String partial, String gate) {
        return Stream.concat(
                Stream.of(first),
                Stream.of(
                                "SUCCEEDED",
                                "NOTHING_TO_DO",
                                "PARTIAL",
                                "SUCCEEDED",
                                "REFUSED",
                                "CANCELLED",
                                "NOTHING_TO_DO",
                                "LOCKED",
                                "INTERRUPTED",
                                "SUCCEEDED",
                                "SUCCEEDED",
                                "FAILED",
                                "SUCCEEDED")
                        .map(new java.util.function.Function<>() {
                            private int number;

                            @Override
                            public String apply(String state) {
                                number++;
                                String report = switch (state) {
                                    case "PARTIAL" -> partial;
                                    case "REFUSED" -> gate;
                                    case "SUCCEEDED" -> fine;
                                    default -> "{\"copied\":0,\"unchanged\":41206,\"bytes\":0}";
                                };
                                return run(
                                        job + "-" + number,
                                        job,
                                        number % 5 == 2 ? "validate" : "sync",
                                        number % 4 == 0,
                                        state,
                                        3600L * number,
                                        report);
                            }
                        }));
    }

    private static String page(Stream<String> runs) {
        return runs.collect(Collectors.joining(",", "{\"items\":[", "],\"nextPageToken\":\"older\"}"));
    }

    private static String objectsPage(String... objects) {
        return "{\"items\":[" + String.join(",", objects) + "],\"nextPageToken\":\"more\"}";
    }

    private static String object(String key, String action, String outcome, String cause, long bytes, String message) {
        return "{\"object\":\"%s\",\"action\":\"%s\",\"outcome\":\"%s\",\"cause\":\"%s\",\"title\":\"%s\",\"bytes\":%d,\"message\":\"%s\"}"
                .formatted(
                        key,
                        action,
                        outcome,
                        cause,
                        outcome.equals("PLANNED") ? "" : Remedies.title(outcome, cause),
                        bytes,
                        message);
    }

    private static String job(
            String name, String source, String destination, String last, boolean paused, long nextAgo) {
        return "{\"name\":\"%s\",\"source\":\"%s\",\"destination\":\"%s\",\"paused\":%s,\"nextRun\":%s,\"lastRun\":%s}"
                .formatted(name, source, destination, paused, nextAgo == 0 ? "null" : '"' + ago(nextAgo) + '"', last);
    }

    private static String run(
            String id, String job, String action, boolean dryRun, String state, long ago, String report) {
        return """
                {"id":"%s","job":"%s","action":"%s","dryRun":%s,"state":"%s","trigger":{"kind":"API","by":"ci","reason":"%s"},\
                "createdAt":"%s","startedAt":"%s","endedAt":"%s","message":"","remedy":"%s",%s,"report":%s,\
                "links":{"self":"runs/%s","objects":"runs/%s/objects","failures":"runs/%s/failures"}}""".formatted(
                        id,
                        job,
                        action,
                        dryRun,
                        state,
                        HOSTILE,
                        ago(ago),
                        ago(ago),
                        ago(ago - 12),
                        Remedies.ofRun(state, ""),
                        NUMBERS,
                        report,
                        id,
                        id,
                        id);
    }

    private static String ago(long seconds) {
        return NOW.minus(Duration.ofSeconds(seconds)).toString();
    }
}
