package io.mlconnector.testkit.bill;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** HTTP/1.1 on loopback with a date of its own, which the JDK's server does not allow. */
final class WireServer implements AutoCloseable {

    /** Answers calls. */
    interface Handler {

        /** Returns the answer; null closes the connection without one. */
        @Nullable Reply answer(WireCall call) throws InterruptedException;

        /** Returns what the header Date of an answer says. */
        String date();
    }

    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private final ServerSocket listener;
    private final Handler handler;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "bill-sandbox");
        thread.setDaemon(true);
        return thread;
    });

    WireServer(Handler handler) {
        this.handler = handler;
        try {
            listener = new ServerSocket(0, 128, InetAddress.getByAddress(LOOPBACK));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket connection = listener.accept();
                connections.add(connection);
                threads.execute(() -> serve(connection));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            connection.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(connection.getInputStream());
            boolean open = true;
            while (open) {
                open = exchange(in, connection.getOutputStream());
            }
        } catch (IOException e) {
            // the client has gone
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            connections.remove(connection);
        }
    }

    private boolean exchange(InputStream in, OutputStream out) throws IOException, InterruptedException {
        String[] start = line(in).split(" ", -1);
        if (start.length != 3) {
            return false;
        }
        Map<String, String> headers = new HashMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("the body ended early");
        }
        Reply reply = handler.answer(new WireCall(start[0], start[1], headers, body));
        if (reply == null) {
            return false;
        }
        write(reply, out);
        return true;
    }

    private void write(Reply reply, OutputStream out) throws IOException {
        String head = "HTTP/1.1 " + reply.status() + " Status\r\nContent-Type: " + reply.type() + "\r\nDate: "
                + handler.date() + "\r\nContent-Length: " + reply.body().length + "\r\n\r\n";
        var message = new ByteArrayOutputStream();
        message.write(head.getBytes(StandardCharsets.ISO_8859_1));
        message.write(reply.body());
        out.write(message.toByteArray());
        out.flush();
    }

    private static String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the connection is closed");
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket connection : connections) {
                connection.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            threads.shutdownNow();
        }
    }
}
