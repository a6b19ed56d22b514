package dev.replicator.server.notify.send;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.SocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sockets that lead to addresses of one host which were looked at, wherever they are told to connect to. For one
 * conversation; may be cut from another thread.
 */
final class GuardedSockets extends SocketFactory {
    private static final Logger log = LoggerFactory.getLogger(GuardedSockets.class);

    private final GuardedAddresses addresses;
    private final String host;
    private final Queue<Socket> made = new ConcurrentLinkedQueue<>();

    GuardedSockets(GuardedAddresses addresses, String host) {
        this.addresses = addresses;
        this.host = host;
    }

    @Override
    public Socket createSocket() {
        Socket socket = new Socket() {
            @Override
            public void connect(SocketAddress wanted, int timeoutMillis) throws IOException {
                InetAddress looked = addresses.resolve(host)[0];
                super.connect(new InetSocketAddress(looked, ((InetSocketAddress) wanted).getPort()), timeoutMillis);
            }

            @Override
            public void connect(SocketAddress wanted) throws IOException {
                connect(wanted, 0);
            }
        };
        made.add(socket);
        return socket;
    }

    /** Ends the conversation. */
    void cut() {
        for (Socket socket : made) {
            try {
                socket.close();
            } catch (IOException e) {
                log.debug("a socket that is cut off was closed already", e);
            }
        }
    }

    @Override
    public Socket createSocket(String other, int port) throws IOException {
        Socket socket = createSocket();
        socket.connect(InetSocketAddress.createUnresolved(other, port));
        return socket;
    }

    @Override
    public Socket createSocket(String other, int port, InetAddress local, int localPort) throws IOException {
        return createSocket(other, port);
    }

    @Override
    public Socket createSocket(InetAddress other, int port) throws IOException {
        return createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress other, int port, InetAddress local, int localPort) throws IOException {
        return createSocket(host, port);
    }
}
