package io.mlconnector.jdbc;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.SocketFactory;

/**
 * Counts the round trips of all connections that are made with it, named to the driver as {@code socketFactory}: how often
 * somebody waits for an answer after having sent something. The sessions that only hold a lock are left out.
 */
public final class CountingSockets extends SocketFactory {

    private static final AtomicInteger ROUND_TRIPS = new AtomicInteger();

    /** Called by the driver. */
    public CountingSockets() {}

    static int roundTrips() {
        return ROUND_TRIPS.get();
    }

    @Override
    public Socket createSocket() {
        return new CountingSocket();
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw new UnsupportedOperationException("the driver connects by itself");
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        throw new UnsupportedOperationException("the driver connects by itself");
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw new UnsupportedOperationException("the driver connects by itself");
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) {
        throw new UnsupportedOperationException("the driver connects by itself");
    }

    private static final class CountingSocket extends Socket {

        private boolean sent;
        private boolean holdsLock;

        @Override
        public OutputStream getOutputStream() throws IOException {
            return new FilterOutputStream(super.getOutputStream()) {
                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                    sent = true;
                    String text = new String(bytes, offset, length, StandardCharsets.ISO_8859_1);
                    holdsLock = holdsLock || text.contains("pg_try_advisory_lock");
                    out.write(bytes, offset, length);
                }
            };
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(super.getInputStream()) {
                @Override
                public int read(byte[] bytes, int offset, int length) throws IOException {
                    if (sent && !holdsLock) {
                        ROUND_TRIPS.incrementAndGet();
                    }
                    sent = false;
                    return super.read(bytes, offset, length);
                }
            };
        }
    }
}
