package dev.replicator.testkit.gcs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.replicator.testkit.gcs.fault.GcsFault;
import dev.replicator.testkit.gcs.listing.LyingListing;
import dev.replicator.testkit.gcs.model.GcsOperation;
import dev.replicator.testkit.objects.KeyOrder;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each lie carries the evidence it says to carry, and the truth carries none. */
class LyingListingTest {
    private static final List<String> NAMES = List.of("p/1", "p/2", "p/3", "p/4", "p/5");

    private final FakeGcs fake = FakeGcs.start();
    private final GcsWire wire = new GcsWire(fake);

    @BeforeEach
    void objects() {
        fake.createBucket("bk1");
        NAMES.forEach(name -> fake.put("bk1", name, new byte[] {1}));
        fake.put("bk1", "q", new byte[] {1});
    }

    @AfterEach
    void close() {
        fake.close();
    }

    @Test
    void theTruthConvinces() {
        assertThat(evidence(4)).isEmpty();
        assertThat(evidence(1000)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(LyingListing.class)
    void aLieShowsWhereItSaysSo(LyingListing lie) {
        fake.faults().on(GcsOperation.LIST).inject(GcsFault.lie(lie));

        List<String> evidence = evidence(4);

        assertThat(evidence.isEmpty()).as(evidence.toString()).isEqualTo(!lie.showsInOneListing());
    }

    @ParameterizedTest
    @EnumSource(
            value = LyingListing.class,
            names = {"CUT_SHORT_AND_COMPLETE", "EMPTY_AND_COMPLETE", "NAME_LEFT_OUT"})
    void aLieThatDoesNotShowHidesObjects(LyingListing lie) {
        fake.faults().on(GcsOperation.LIST).inject(GcsFault.lie(lie));

        assertThat(wire.get("/storage/v1/b/bk1/o?prefix=p/").names())
                .isSubsetOf(NAMES)
                .hasSizeLessThan(NAMES.size());
    }

    /** What gives a listing away that is read to its end, or to the first evidence. */
    private List<String> evidence(int pageSize) {
        ObjectMapper strict = new ObjectMapper()
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
        List<String> evidence = new ArrayList<>();
        Set<String> tokens = new HashSet<>();
        String last = "";
        String token = "";
        while (evidence.isEmpty()) {
            GcsWire.Reply reply = wire.get("/storage/v1/b/bk1/o?prefix=p/&maxResults=" + pageSize + "&pageToken="
                    + URLEncoder.encode(token, StandardCharsets.UTF_8));
            JsonNode page;
            try {
                page = strict.readTree(reply.body());
            } catch (IOException e) {
                return List.of("no JSON");
            }
            if (!page.path("kind").asText().equals("storage#objects")) {
                return List.of("kind");
            }
            JsonNode items = page.path("items");
            if (!items.isMissingNode() && !items.isArray()) {
                return List.of("items");
            }
            for (JsonNode item : items) {
                check(item, last, evidence);
                last = item.path("name").asText();
            }
            JsonNode next = page.path("nextPageToken");
            if (next.isMissingNode()) {
                return evidence;
            }
            token = next.asText();
            if (token.isEmpty() || !tokens.add(token)) {
                evidence.add("token");
            }
        }
        return evidence;
    }

    private static void check(JsonNode item, String last, List<String> evidence) {
        String name = item.path("name").asText();
        if (!name.startsWith("p/") || KeyOrder.UTF8.compare(name, last) <= 0) {
            evidence.add("name " + name);
        }
        if (!item.path("bucket").asText().equals("bk1")) {
            evidence.add("bucket");
        }
        if (!item.path("size").asText().matches("[0-9]+")
                || !item.path("generation").asText().matches("[0-9]+")) {
            evidence.add("number");
        }
        try {
            Instant.parse(item.path("timeCreated").asText());
        } catch (DateTimeException e) {
            evidence.add("time");
        }
    }
}
