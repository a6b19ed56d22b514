package dev.replicator.testkit.http;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLServerSocketFactory;

/**
 * A small HTTP/1.1 server on 127.0.0.1: a daemon thread per connection, keep-alive, 100 Continue. It speaks TLS where its
 * sockets do.
 */
public final class HttpServer implements AutoCloseable {
    private final ServerSocket listener;
    private final ExchangeHandler handler;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads;

    private HttpServer(ServerSocket listener, ExchangeHandler handler) {
        this.listener = listener;
        this.handler = handler;
        this.threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "fake-server-" + listener.getLocalPort());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Listens on the port, or on a free one for 0. */
    public static HttpServer start(int port, ServerSocketFactory sockets, ExchangeHandler handler) throws IOException {
        ServerSocket listener = sockets.createServerSocket();
        listener.setReuseAddress(true);
        listener.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), 1024);
        HttpServer server = new HttpServer(listener, handler);
        server.threads.execute(server::accept);
        return server;
    }

    /** Sockets with TLS where the JVM was given a key store ({@code -Djavax.net.ssl.keyStore}), else plain ones. */
    public static ServerSocketFactory sockets() {
        return System.getProperty("javax.net.ssl.keyStore") == null
                ? ServerSocketFactory.getDefault()
                : SSLServerSocketFactory.getDefault();
    }

    /** Where it listens. */
    public URI endpoint() {
        return URI.create(scheme() + "://127.0.0.1:" + listener.getLocalPort());
    }

    /** Stops listening and ends every open connection. */
    @Override
    public void close() {
        closeQuietly(listener);
        connections.forEach(HttpServer::closeQuietly);
        threads.shutdownNow();
    }

    private String scheme() {
        return listener instanceof SSLServerSocket ? "https" : "http";
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                connections.add(socket);
                threads.execute(() -> serve(socket));
            } catch (IOException | RejectedExecutionException e) {
                if (listener.isClosed()) {
                    connections.forEach(HttpServer::closeQuietly);
                    return;
                }
            }
        }
    }

    private void serve(Socket socket) {
        try {
            socket.setTcpNoDelay(true);
            ConnectionInput in = new ConnectionInput(socket.getInputStream());
            boolean open = true;
            while (open && in.more()) {
                open = answer(socket, in);
            }
        } catch (ConnectionCut cut) {
            if (cut.ending() == Ending.RST) {
                reset(socket);
            }
        } catch (IOException e) {
            closeQuietly(socket); // the client went away or this server closes: nobody is left to tell
        } finally {
            connections.remove(socket);
            closeQuietly(socket);
        }
    }

    private boolean answer(Socket socket, ConnectionInput in) throws IOException {
        try {
            HttpRequest request = RequestParser.parse(in);
            Exchange exchange = new Exchange(scheme(), request, in, socket.getOutputStream());
            handler.handle(exchange);
            return exchange.keepAlive();
        } catch (MalformedRequest e) {
            String head = "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
            return false;
        }
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (SocketException e) {
            closeQuietly(socket); // already gone
        }
    }

    private static boolean closeQuietly(Closeable closeable) {
        try {
            closeable.close();
            return true;
        } catch (IOException e) {
            return false; // it was already broken, and closing is all that was wanted
        }
    }
}
