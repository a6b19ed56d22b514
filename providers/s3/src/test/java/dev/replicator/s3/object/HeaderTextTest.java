package dev.replicator.s3.object;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class HeaderTextTest {
    @Property(tries = 500)
    void comesBackAsItWasWhateverItIs(@ForAll @StringLength(max = 200) String text) {
        String wellFormed = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);

        String header = HeaderText.encode(wellFormed);

        assertThat(header.chars()).allMatch(c -> c >= 0x20 && c < 0x7F);
        assertThat(header).isEqualTo(header.strip());
        assertThat(HeaderText.decode(header)).isEqualTo(wellFormed);
    }

    @Test
    void leavesPlainTextAlone() {
        assertThat(HeaderText.encode("a b; c=\"d\"")).isEqualTo("a b; c=\"d\"");
        assertThat(HeaderText.decode("a =b? c")).isEqualTo("a =b? c");
    }

    @Test
    void readsTheWordsThatS3Writes() {
        assertThat(HeaderText.decode("=?UTF-8?B?w4PChMODwpY=?=")).isEqualTo("\u00C3\u0084\u00C3\u0096");
        assertThat(HeaderText.decode("=?UTF-8?Q?Zo=C3=AB_!?=")).isEqualTo("Zo\u00EB !");
    }

    @Test
    void leavesWordsAloneThatAreNone() {
        assertThat(HeaderText.decode("=?UTF-8?B?***?=")).isEqualTo("=?UTF-8?B?***?=");
        assertThat(HeaderText.decode("=?UTF-8?Q?=zz?=")).isEqualTo("=?UTF-8?Q?=zz?=");
    }
}
