package dev.replicator.server.notify.send;

import dev.replicator.config.NotificationSettings.Way.Email;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;

/** A mail of plain text, over one connection of its own. */
final class MailSender implements Sender {
    private static final Duration LONGEST = Duration.ofSeconds(25);

    private final Email way;
    private final GuardedAddresses addresses;
    private final Clock clock;
    private final Deadline deadline = new Deadline(LONGEST);

    MailSender(Email way, GuardedAddresses addresses, Clock clock) {
        this.way = way;
        this.addresses = addresses;
        this.clock = clock;
    }

    @Override
    public Attempt send(Message message) {
        URI server = way.server();
        String scheme = String.valueOf(server.getScheme());
        if (scheme.equals("smtp") && !addresses.isPrivateAllowed()) {
            return Attempt.failed(0, "its server is asked without TLS, which is for private networks only");
        }
        String protocol = scheme.equals("smtps") ? "smtps" : "smtp";
        String host = String.valueOf(server.getHost());
        GuardedSockets sockets = new GuardedSockets(addresses, host);
        AtomicBoolean late = new AtomicBoolean();
        Session session = Session.getInstance(properties(protocol, scheme, sockets));
        try (Deadline.Running ignored = deadline.start(() -> {
                    late.set(true);
                    sockets.cut();
                });
                Transport transport = session.getTransport(protocol)) {
            MimeMessage mail = mail(session, message);
            transport.connect(
                    host,
                    server.getPort(),
                    way.user().isEmpty() ? null : way.user(),
                    way.user().isEmpty() ? null : way.password());
            transport.sendMessage(mail, mail.getAllRecipients());
            return Attempt.delivered(250);
        } catch (MessagingException e) {
            return late.get() ? Attempt.failed(0, "it took too long") : failed(e);
        }
    }

    private Properties properties(String protocol, String scheme, GuardedSockets sockets) {
        Properties properties = new Properties();
        String prefix = "mail." + protocol + ".";
        properties.put(prefix + "socketFactory", sockets);
        properties.put(prefix + "socketFactory.fallback", "false");
        properties.put(prefix + "connectiontimeout", "5000");
        properties.put(prefix + "timeout", "10000");
        properties.put(prefix + "writetimeout", "10000");
        properties.put(prefix + "auth", Boolean.toString(!way.user().isEmpty()));
        properties.put(prefix + "ssl.checkserveridentity", "true");
        properties.put(prefix + "starttls.enable", Boolean.toString(scheme.equals("smtp+starttls")));
        properties.put(prefix + "starttls.required", Boolean.toString(scheme.equals("smtp+starttls")));
        properties.put(prefix + "localhost", "replicator");
        return properties;
    }

    private MimeMessage mail(Session session, Message message) throws MessagingException {
        MimeMessage mail = new MimeMessage(session) {
            @Override
            protected void updateMessageID() throws MessagingException {
                setHeader("Message-ID", "<" + message.id().replaceAll("[^A-Za-z0-9.-]", "_") + "@replicator>");
            }
        };
        mail.setFrom(new InternetAddress(way.from(), true));
        for (String to : way.to()) {
            mail.addRecipient(RecipientType.TO, new InternetAddress(to, true));
        }
        mail.setSubject(oneLine(message.subject()), "UTF-8");
        mail.setSentDate(Date.from(clock.instant()));
        mail.setHeader("Auto-Submitted", "auto-generated");
        mail.setHeader(WebhookSender.ID, oneLine(message.id()));
        mail.setText(message.text(), "UTF-8");
        return mail;
    }

    /** Nothing that a name or a reason holds begins a header of its own. */
    private static String oneLine(String text) {
        return text.codePoints()
                .map(point -> Character.isISOControl(point) || point == 0x2028 || point == 0x2029 ? ' ' : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .trim();
    }

    private static Attempt failed(MessagingException e) {
        int code = 0;
        for (@Nullable Throwable at = e; at != null; at = next(at)) {
            if (at instanceof ForbiddenAddressException) {
                return Attempt.failed(0, String.valueOf(at.getMessage()));
            }
            if (at instanceof AuthenticationFailedException) {
                return Attempt.failed(535, "its server takes neither user nor password");
            }
            code = Math.max(code, code(at));
        }
        return Attempt.failed(
                code, code == 0 ? "its server could not be talked to" : "its server did not take it (" + code + ")");
    }

    private static @Nullable Throwable next(Throwable at) {
        return at instanceof MessagingException mail && mail.getNextException() != null
                ? mail.getNextException()
                : at.getCause();
    }

    private static int code(Throwable at) {
        if (at instanceof SMTPSendFailedException refused) {
            return refused.getReturnCode();
        }
        if (at instanceof SMTPAddressFailedException recipient) {
            return recipient.getReturnCode();
        }
        return at instanceof SMTPSenderFailedException sender ? sender.getReturnCode() : 0;
    }

    @Override
    public void close() {
        deadline.close();
    }
}
