package io.mlconnector.syspro;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Sends a request over a connection of its own, once. {@code java.net.http} sends a GET again by itself when the connection
 * breaks before the answer begins; here a post is a GET, so that would be a second payment. Never follows a redirect. Safe for
 * threads.
 */
final class OneShot {

    /** Bodies of answers are read up to here. */
    static final int LONGEST_BODY = 10 << 20;

    private static final int LONGEST_HEAD = 64 << 10;
    private static final int NANOS_PER_MILLI = 1_000_000;

    private final Duration connectTimeout;

    OneShot(Duration connectTimeout) {
        this.connectTimeout = connectTimeout;
    }

    /**
     * A whole answer.
     *
     * @param status the status code
     * @param headers the headers, their names in lower case
     * @param body the bytes
     */
    record Answer(int status, Map<String, String> headers, byte[] body) {

        @Override
        public boolean equals(Object other) {
            return other instanceof Answer that
                    && status == that.status
                    && headers.equals(that.headers)
                    && Arrays.equals(body, that.body);
        }

        @Override
        public int hashCode() {
            return status;
        }

        @Override
        public String toString() {
            return "Answer[status=" + status + ", bytes=" + body.length + "]";
        }
    }

    /** No connection came about, so nothing was sent. */
    static final class NotSentException extends IOException {

        private static final long serialVersionUID = 1L;

        NotSentException(String message, IOException cause) {
            super(message, cause);
        }
    }

    /**
     * Sends a request and reads the answer.
     *
     * @param method GET or POST
     * @param uri where to; neither logged nor part of an exception, because it may hold passwords
     * @param headers further headers
     * @param body the body; empty for none
     * @param timeout from the first byte sent to the last one read
     * @throws NotSentException if no connection came about
     * @throws IOException if the connection broke or the time ran out after that: what was sent may take effect
     */
    Answer send(String method, URI uri, Map<String, String> headers, byte[] body, Duration timeout) throws IOException {
        try (Socket socket = connect(uri)) {
            long deadline = System.nanoTime() + timeout.toNanos();
            var request = new ByteArrayOutputStream();
            request.writeBytes(head(method, uri, headers, body).getBytes(StandardCharsets.ISO_8859_1));
            request.writeBytes(body);
            socket.getOutputStream().write(request.toByteArray());
            socket.getOutputStream().flush();
            return new Reading(socket, deadline).answer();
        }
    }

    private Socket connect(URI uri) throws NotSentException {
        boolean tls = "https".equals(uri.getScheme());
        int port = uri.getPort() >= 0 ? uri.getPort() : tls ? 443 : 80;
        String host = uri.getHost().replaceAll("^\\[|]$", "");
        Socket plain = new Socket();
        try {
            plain.setTcpNoDelay(true);
            int wait = Math.toIntExact(connectTimeout.toMillis());
            plain.connect(new InetSocketAddress(host, port), wait);
            plain.setSoTimeout(wait);
            return tls ? secured(plain, host, port) : plain;
        } catch (IOException e) {
            close(plain, e);
            throw new NotSentException("no connection to " + host + ":" + port + ": " + e.getMessage(), e);
        }
    }

    private static Socket secured(Socket plain, String host, int port) throws IOException {
        SSLSocket socket =
                (SSLSocket) ((SSLSocketFactory) SSLSocketFactory.getDefault()).createSocket(plain, host, port, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private static void close(Socket socket, IOException because) {
        try {
            socket.close();
        } catch (IOException e) {
            because.addSuppressed(e);
        }
    }

    private static String head(String method, URI uri, Map<String, String> headers, byte[] body) {
        var head = new StringBuilder(method).append(' ').append(target(uri)).append(" HTTP/1.1\r\n");
        head.append("Host: ").append(uri.getRawAuthority()).append("\r\n");
        head.append("Connection: close\r\nUser-Agent: ml-connector\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        if (body.length > 0) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        return head.append("\r\n").toString();
    }

    /** The request line's target: path and query. */
    static String target(URI uri) {
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }

    /** Reads one answer within its time. */
    private static final class Reading {

        private final Socket socket;
        private final InputStream in;
        private final long deadline;

        private Reading(Socket socket, long deadline) throws IOException {
            this.socket = socket;
            this.deadline = deadline;
            this.in = new BufferedInputStream(socket.getInputStream());
        }

        private Answer answer() throws IOException {
            while (true) {
                String line = line();
                if (!line.matches("HTTP/1\\.[01] \\d{3}.*")) {
                    throw new IOException("the answer is not HTTP");
                }
                int status = Integer.parseInt(line.substring(9, 12));
                Map<String, String> headers = headers();
                if (status >= 200) {
                    return new Answer(status, headers, body(status, headers));
                }
            }
        }

        private Map<String, String> headers() throws IOException {
            var headers = new TreeMap<String, String>();
            for (String line = line(); !line.isEmpty(); line = line()) {
                int colon = line.indexOf(':');
                if (colon > 0) {
                    headers.put(
                            line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                            line.substring(colon + 1).strip());
                }
            }
            return headers;
        }

        private byte[] body(int status, Map<String, String> headers) throws IOException {
            if (status == 204 || status == 304) {
                return new byte[0];
            }
            if (headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
                return chunks();
            }
            String length = headers.get("content-length");
            if (length == null) {
                return bytes(LONGEST_BODY + 1, true);
            }
            if (!length.matches("\\d{1,9}")) {
                throw new IOException("the answer has a length that is no number");
            }
            return bytes(Integer.parseInt(length), false);
        }

        private byte[] chunks() throws IOException {
            var body = new ByteArrayOutputStream();
            while (true) {
                String size = line().replaceFirst(";.*", "").strip();
                if (!size.matches("[0-9a-fA-F]{1,7}")) {
                    throw new IOException("the answer has a chunk whose size is no number");
                }
                int length = Integer.parseInt(size, 16);
                if (length == 0) {
                    headers();
                    return body.toByteArray();
                }
                requireLength(body.size() + (long) length);
                body.writeBytes(bytes(length, false));
                line();
            }
        }

        private byte[] bytes(int length, boolean untilEnd) throws IOException {
            requireLength(untilEnd ? 0 : length);
            var body = new ByteArrayOutputStream(Math.min(length, 8192));
            var buffer = new byte[8192];
            while (body.size() < length) {
                await();
                int count = in.read(buffer, 0, Math.min(buffer.length, length - body.size()));
                if (count < 0) {
                    if (untilEnd) {
                        return body.toByteArray();
                    }
                    throw new EOFException("the answer ended after " + body.size() + " of " + length + " bytes");
                }
                body.write(buffer, 0, count);
            }
            requireLength(body.size());
            return body.toByteArray();
        }

        private static void requireLength(long length) throws IOException {
            if (length > LONGEST_BODY) {
                throw new IOException("the answer is longer than " + LONGEST_BODY + " bytes");
            }
        }

        private String line() throws IOException {
            var line = new ByteArrayOutputStream();
            while (true) {
                await();
                int next = in.read();
                if (next < 0) {
                    throw new EOFException("the connection was closed before the answer ended");
                }
                if (next == '\n') {
                    String text = line.toString(StandardCharsets.ISO_8859_1);
                    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
                }
                if (line.size() > LONGEST_HEAD) {
                    throw new IOException("the answer has a line that is too long");
                }
                line.write(next);
            }
        }

        private void await() throws IOException {
            if (in.available() > 0) {
                return;
            }
            long left = (deadline - System.nanoTime()) / NANOS_PER_MILLI;
            if (left <= 0) {
                throw new SocketTimeoutException("no whole answer in time");
            }
            socket.setSoTimeout((int) Math.min(left, Integer.MAX_VALUE));
        }
    }
}
