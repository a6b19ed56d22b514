package dev.replicator.testkit.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.replicator.testkit.s3.fault.Fault;
import dev.replicator.testkit.s3.listing.LyingListing;
import dev.replicator.testkit.s3.model.S3Operation;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(30)
class LyingListingTest {
    private final FakeS3 fake = FakeS3.start();
    private final CarefulReader reader = new CarefulReader(new Wire(fake), "bucket", "p/");

    @BeforeEach
    void objects() {
        fake.createBucket("bucket");
        fake.populate("bucket", 10, i -> "p/" + i, 3);
        fake.put("bucket", "q", new byte[0]);
    }

    @AfterEach
    void close() {
        fake.close();
    }

    @Test
    void theTruthConvinces() {
        assertThat(reader.keys()).hasSize(10);
    }

    @ParameterizedTest
    @EnumSource
    void aLieShowsToACarefulReaderWhereItSaysSo(LyingListing lie) {
        fake.faults().on(S3Operation.LIST_OBJECTS_V2).inject(Fault.lie(lie));

        if (lie.showsInOneListing()) {
            assertThatThrownBy(reader::keys).isInstanceOf(CarefulReader.Lie.class);
        } else {
            assertThatCode(reader::keys).doesNotThrowAnyException();
            assertThat(reader.keys()).hasSizeLessThan(11).isNotEqualTo(honest());
        }
    }

    private List<String> honest() {
        fake.faults().clear();
        return reader.keys();
    }
}
