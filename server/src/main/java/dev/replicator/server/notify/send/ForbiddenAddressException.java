package dev.replicator.server.notify.send;

import java.net.UnknownHostException;

/** A host that may not be asked. The message is for people and names no address. */
final class ForbiddenAddressException extends UnknownHostException {
    private static final long serialVersionUID = 1L;

    ForbiddenAddressException(String message) {
        super(message);
    }
}
