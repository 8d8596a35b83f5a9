package io.mlconnector.testkit.internal;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A small HTTP/1.1 server on 127.0.0.1. The one in the JDK overwrites the Date header with the machine's clock, and the
 * sandbox needs its own clock there.
 */
public final class LoopbackServer implements AutoCloseable {

    /** Answers requests, one per connection at a time. */
    public interface Handler {

        /**
         * Returns the answer to a request.
         *
         * @param method the method
         * @param target path and query, still percent-encoded
         * @param headers names in lower case to values
         * @param body the bytes
         * @return the answer, or empty to close the connection without one
         * @throws InterruptedException if the server is closed meanwhile
         */
        Optional<? extends Answer> answer(String method, String target, Map<String, String> headers, byte[] body)
                throws InterruptedException;
    }

    /** What goes out. */
    public interface Answer {

        /**
         * Returns the status.
         *
         * @return a status code of HTTP
         */
        int status();

        /**
         * Returns the headers, the length left out.
         *
         * @return names to values
         */
        Map<String, String> headers();

        /**
         * Returns the body.
         *
         * @return the bytes
         */
        byte[] body();
    }

    private static final int LONGEST_LINE = 65_536;
    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private final ServerSocket listener;
    private final Handler handler;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads;

    /**
     * Starts a server.
     *
     * @param port the port; 0 for any that is free
     * @param name the name of its threads
     * @param handler answers
     * @throws IOException if the port cannot be opened
     */
    public LoopbackServer(int port, String name, Handler handler) throws IOException {
        this.handler = handler;
        this.threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
        this.listener = new ServerSocket(port, 128, InetAddress.getByAddress(LOOPBACK));
        threads.execute(this::accept);
    }

    /**
     * Returns the port.
     *
     * @return the port
     */
    public int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket connection = listener.accept();
                connections.add(connection);
                threads.execute(() -> serve(connection));
            } catch (IOException e) {
                return;
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
            // the client has gone, or sent what is not HTTP
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            connections.remove(connection);
        }
    }

    private boolean exchange(InputStream in, OutputStream out) throws IOException, InterruptedException {
        String requestLine = line(in);
        String[] parts = requestLine.split(" ", -1);
        if (parts.length != 3 || !parts[2].startsWith("HTTP/1.")) {
            return false;
        }
        Map<String, String> headers = headers(in);
        if ("100-continue".equalsIgnoreCase(headers.get("expect"))) {
            out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        }
        byte[] body = body(in, headers);
        Optional<? extends Answer> answer = handler.answer(parts[0], parts[1], headers, body);
        if (answer.isEmpty()) {
            return false;
        }
        write(answer.get(), out);
        return !"close".equalsIgnoreCase(headers.get("connection"));
    }

    private static Map<String, String> headers(InputStream in) throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new IOException("not a header: " + line);
            }
            String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
            headers.merge(name, line.substring(colon + 1).strip(), (first, second) -> first + ", " + second);
        }
        return headers;
    }

    private static byte[] body(InputStream in, Map<String, String> headers) throws IOException {
        if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            for (int size = chunkSize(in); size > 0; size = chunkSize(in)) {
                body.write(in.readNBytes(size));
                line(in);
            }
            headers(in);
            return body.toByteArray();
        }
        String declared = headers.getOrDefault("content-length", "0");
        int length = Integer.parseInt(declared);
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("body ended early");
        }
        return body;
    }

    private static int chunkSize(InputStream in) throws IOException {
        return Integer.parseInt(line(in).split(";", 2)[0].strip(), 16);
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("connection closed");
            }
            if (line.size() > LONGEST_LINE) {
                throw new IOException("line too long");
            }
            line.write(next);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    private static void write(Answer answer, OutputStream out) throws IOException {
        StringBuilder head =
                new StringBuilder("HTTP/1.1 ").append(answer.status()).append(" Status\r\n");
        answer.headers()
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        if (answer.status() != 204) {
            head.append("Content-Length: ").append(answer.body().length).append("\r\n");
        }
        byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        byte[] message = new byte[start.length + answer.body().length];
        System.arraycopy(start, 0, message, 0, start.length);
        System.arraycopy(answer.body(), 0, message, start.length, answer.body().length);
        out.write(message);
        out.flush();
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket connection : connections) {
                connection.close();
            }
        } catch (IOException e) {
            // closing is best effort: the port is gone either way
        }
        threads.shutdownNow();
    }
}
