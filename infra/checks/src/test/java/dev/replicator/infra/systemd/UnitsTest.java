package dev.replicator.infra.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.replicator.cli.CommandProbe;
import dev.replicator.cli.exit.ExitCode;
import dev.replicator.infra.Program;
import dev.replicator.infra.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The units under infra/systemd. What systemd-analyze thinks of them is asked where it is installed. */
class UnitsTest {
    private static final Path UNITS = Tree.file("infra/systemd");
    private static final String SERVER = "replicator.service";
    private static final String SYNC = "replicator-sync@.service";
    private static final String TIMER = "replicator-sync@.timer";
    private static final Pattern EXPOSURE = Pattern.compile("exposure level for \\S+: (\\d+\\.\\d)");

    @TempDir
    Path scratch;

    private static String text(String unit) throws IOException {
        return Files.readString(UNITS.resolve(unit));
    }

    private static List<String> values(String unit, String key) throws IOException {
        return text(unit)
                .lines()
                .filter(line -> line.startsWith(key + "="))
                .map(line -> line.substring(key.length() + 1))
                .toList();
    }

    @Test
    void everyUnitIsChecked() throws IOException {
        try (Stream<Path> files = Files.list(UNITS)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder(SERVER, SYNC, TIMER);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {SERVER, SYNC})
    void theCommandThatIsStartedIsOneThatExists(String unit) throws IOException {
        List<String> words =
                List.of(values(unit, "ExecStart").get(0).replace("%i", "media").split(" "));

        assertThat(words.get(0)).isEqualTo("/usr/bin/replicator");
        CommandProbe.parse(words.subList(1, words.size()));
    }

    @ParameterizedTest
    @ValueSource(strings = {SERVER, SYNC})
    void stoppingIsNoFailureAndIsWaitedFor(String unit) throws IOException {
        assertThat(values(unit, "SuccessExitStatus")).containsExactly(ExitCode.TERMINATED.number() + "");
        assertThat(Long.parseLong(values(unit, "TimeoutStopSec").get(0)))
                .isGreaterThan(CommandProbe.longestFarewell().toSeconds());
        assertThat(values(unit, "KillMode")).containsExactly("mixed");
    }

    @Test
    void aServerIsNotStartedAgainWithAConfigurationThatItRefused() throws IOException {
        assertThat(values(SERVER, "RestartPreventExitStatus")).containsExactly(ExitCode.USAGE.number() + "");
    }

    @ParameterizedTest
    @ValueSource(strings = {SERVER, SYNC})
    void itBeginsWithTheNetworkAndLivesInItsStateDirectory(String unit) throws IOException {
        String state = values(unit, "StateDirectory").get(0);

        assertThat(values(unit, "Wants")).containsExactly("network-online.target");
        assertThat(values(unit, "After")).containsExactly("network-online.target");
        assertThat(values(unit, "User")).containsExactly(state);
        assertThat(values(unit, "Environment")).containsExactly("HOME=/var/lib/" + state);
        assertThat(values(unit, "EnvironmentFile")).containsExactly("-/etc/replicator/environment");
    }

    @Test
    void theServerComesBackAndARunHasAnEnd() throws IOException {
        assertThat(values(SERVER, "Type")).containsExactly("exec");
        assertThat(values(SERVER, "Restart")).containsExactly("on-failure");
        assertThat(values(SERVER, "RestartSec")).singleElement().asString().containsOnlyDigits();
        assertThat(values(SERVER, "WantedBy")).containsExactly("multi-user.target");
        assertThat(values(SYNC, "Type")).containsExactly("oneshot");
        assertThat(values(SYNC, "TimeoutStartSec")).singleElement().asString().matches("\\d+h");
    }

    @Test
    void aRunIsPoliteAndMissedNightsAreMadeUpFor() throws IOException {
        assertThat(values(SYNC, "Nice")).containsExactly("5");
        assertThat(values(SYNC, "IOSchedulingClass")).containsExactly("idle");
        assertThat(values(TIMER, "OnCalendar")).hasSize(1);
        assertThat(values(TIMER, "RandomizedDelaySec")).hasSize(1);
        assertThat(values(TIMER, "Persistent")).containsExactly("true");
        assertThat(values(TIMER, "WantedBy")).containsExactly("timers.target");
    }

    /** What the exposure level leaves unsaid: a line that falls out of one of them stands in the other. */
    @Test
    void bothAreConfinedInTheSameWay() throws IOException {
        assertThat(confinement(SYNC)).hasSizeGreaterThan(25).isEqualTo(confinement(SERVER));
    }

    private static List<String> confinement(String unit) throws IOException {
        return text(unit)
                .lines()
                .dropWhile(line -> !line.startsWith("DynamicUser="))
                .takeWhile(line -> !line.isEmpty())
                .filter(line -> !line.startsWith("User=") && !line.startsWith("StateDirectory="))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {SERVER, SYNC, TIMER})
    void systemdHasNothingToSay(String unit) throws Exception {
        assertThat(verified(unit, text(unit))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {SERVER, SYNC})
    void aMisspeltKeyIsSeen(String unit) throws Exception {
        assertThat(verified(unit, text(unit).replace("ProtectSystem=", "ProtectSystm=")))
                .contains("ProtectSystm");
    }

    @Test
    void aTimeThatIsNoneIsSeen() throws Exception {
        assertThat(verified(TIMER, text(TIMER).replace("02:00:00", "26:00:00"))).contains("26:00:00");
    }

    @ParameterizedTest
    @ValueSource(strings = {SERVER, SYNC})
    void theyMayDoLittle(String unit) throws Exception {
        assertThat(exposure(unit, text(unit))).isLessThanOrEqualTo(1.5);
    }

    @Test
    void aUnitThatMayDoMoreIsSeen() throws Exception {
        assertThat(exposure(SERVER, text(SERVER).replace("SystemCallFilter", "#")))
                .isGreaterThan(1.5);
    }

    /** All that {@code systemd-analyze verify} prints; it ends with 0 for most of what it finds. */
    private String verified(String unit, String text) throws Exception {
        return analyzed("verify", "--man=no", installed(unit, text).toString());
    }

    private double exposure(String unit, String text) throws Exception {
        String told = analyzed(
                "security", "--offline=yes", "--no-pager", installed(unit, text).toString());
        Matcher level = EXPOSURE.matcher(told);
        assertThat(level.find()).as(told).isTrue();
        return Double.parseDouble(level.group(1));
    }

    /** The unit as it would be of a job, with a program that this machine has, beside the others. */
    private Path installed(String unit, String text) throws IOException {
        for (String other : List.of(SERVER, SYNC, TIMER)) {
            write(other, other.equals(unit) ? text : text(other));
        }
        return scratch.resolve(unit.replace("@.", "@media."));
    }

    private void write(String unit, String text) throws IOException {
        Path program = scratch.resolve("replicator");
        if (!Files.exists(program)) {
            Files.createFile(
                    program, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        }
        Files.writeString(
                scratch.resolve(unit.replace("@.", "@media.")),
                text.replace("/usr/bin/replicator", program.toString()));
    }

    private String analyzed(String... words) {
        return Program.of(scratch, Program.needed("systemd-analyze").toString())
                .with("SYSTEMD_COLORS", "0")
                .words(words)
                .run()
                .said();
    }
}
