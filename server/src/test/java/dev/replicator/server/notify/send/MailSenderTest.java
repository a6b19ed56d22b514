package dev.replicator.server.notify.send;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.replicator.config.NotificationSettings.Way;
import dev.replicator.testkit.SettableClock;
import jakarta.mail.internet.MimeMessage;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Mails against a real SMTP server in this process. */
@Timeout(30)
class MailSenderTest {
    private static final Message MESSAGE = new Message(
            "id-1",
            "media: failed\r\nBcc: thief@example.org\u2028X-Evil: yes \u00fc",
            "line one\nb\u00fccket \u2713\n.\nlast",
            "slack",
            "{}");

    private final GreenMail mails = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    @BeforeEach
    void start() {
        mails.start();
    }

    @AfterEach
    void stop() {
        mails.stop();
    }

    @Test
    void aMailArrivesAsItWasWritten() throws Exception {
        Attempt attempt = sender("smtp", "", "", true).send(MESSAGE);

        assertThat(attempt.isDelivered()).isTrue();
        assertThat(mails.waitForIncomingEmail(5_000, 2)).isTrue();
        MimeMessage mail = mails.getReceivedMessages()[0];
        assertThat(mail.getContent().toString().replace("\r\n", "\n")).startsWith(MESSAGE.text());
        assertThat(mail.getHeader("X-Replicator-Delivery")).containsExactly("id-1");
        assertThat(mail.getHeader("Message-ID")).containsExactly("<id-1@replicator>");
        assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    }

    @Test
    void aSubjectBeginsNoHeaderOfItsOwn() throws Exception {
        sender("smtp", "", "", true).send(MESSAGE);

        assertThat(mails.waitForIncomingEmail(5_000, 2)).isTrue();
        MimeMessage mail = mails.getReceivedMessages()[0];
        assertThat(mails.getReceivedMessages()).hasSize(2);
        assertThat(mail.getHeader("Bcc")).isNull();
        assertThat(mail.getHeader("X-Evil")).isNull();
        assertThat(mail.getSubject())
                .startsWith("media: failed")
                .contains("Bcc: thief@example.org")
                .endsWith("\u00fc");
    }

    @Test
    void aServerThatAsksGetsUserAndPassword() {
        GreenMailUser user = mails.setUser("ops@example.org", "robot", "s3cret");
        assertThat(user.getLogin()).isEqualTo("robot");
        mails.getUserManager().setAuthRequired(true);

        Attempt right = sender("smtp", "robot", "s3cret", true).send(MESSAGE);
        Attempt wrong = sender("smtp", "robot", "other", true).send(MESSAGE);

        assertThat(right.isDelivered()).isTrue();
        assertThat(wrong.problem()).isEqualTo("its server takes neither user nor password");
        assertThat(wrong.problem()).doesNotContain("other");
    }

    @Test
    void whatDemandsTlsSaysNothingInTheClear() {
        Attempt attempt = sender("smtp+starttls", "robot", "s3cret", true).send(MESSAGE);

        assertThat(attempt.isDelivered()).isFalse();
        assertThat(mails.getReceivedMessages()).isEmpty();
    }

    @Test
    void withoutLeaveForPrivateNetworksNothingIsConnectedTo() {
        Attempt plain = sender("smtp", "", "", false).send(MESSAGE);
        Attempt secure = sender("smtps", "", "", false).send(MESSAGE);
        Attempt upgraded = sender("smtp+starttls", "", "", false).send(MESSAGE);

        assertThat(plain.problem()).contains("without TLS");
        assertThat(secure.problem()).contains("private network");
        assertThat(upgraded.problem()).contains("private network");
        assertThat(mails.getReceivedMessages()).isEmpty();
    }

    private MailSender sender(String scheme, String user, String password, boolean privateAllowed) {
        URI server = URI.create(scheme + "://127.0.0.1:" + mails.getSmtp().getPort());
        return new MailSender(
                new Way.Email(
                        server,
                        user,
                        password,
                        "Replicator <replicator@example.org>",
                        List.of("ops@example.org", "lead@example.org")),
                new GuardedAddresses(InetAddress::getAllByName, privateAllowed),
                new SettableClock());
    }
}
