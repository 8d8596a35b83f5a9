package io.mlconnector.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Sends a request over a connection of its own, once, and closes it behind the answer. The client of the JDK sends a GET again when
 * its answer does not begin, on a fresh connection too; where a GET writes, that would be a second payment. Never follows a
 * redirect. Safe for threads.
 */
public final class OneShot {

    private static final int LONGEST_LINE = 65_536;
    private static final int MOST_HEADERS = 500;
    private static final int BUFFER = 8192;
    private static final int NANOS_PER_MILLI = 1_000_000;

    private final Duration connectTimeout;
    private final long maxBody;

    /**
     * Creates a sender.
     *
     * @param connectTimeout the longest time until a connection stands, and the longest wait for each answer of its TLS handshake
     * @param maxBody the most bytes of an answer's body
     */
    public OneShot(Duration connectTimeout, long maxBody) {
        this.connectTimeout = connectTimeout;
        this.maxBody = maxBody;
    }

    /** A whole answer. */
    public static final class Answer {

        private final int status;
        private final HttpHeaders headers;
        private final byte[] body;

        private Answer(int status, HttpHeaders headers, byte[] body) {
            this.status = status;
            this.headers = headers;
            this.body = body;
        }

        /**
         * Returns the status.
         *
         * @return 200 to 599
         */
        public int status() {
            return status;
        }

        /**
         * Returns the headers.
         *
         * @return the headers, by names in any case
         */
        public HttpHeaders headers() {
            return headers;
        }

        /**
         * Returns the body.
         *
         * @return its bytes as they came, without transfer coding; not copied
         */
        public byte[] body() {
            return body;
        }

        @Override
        public String toString() {
            return "status " + status + ", " + body.length + " bytes";
        }
    }

    /**
     * Sends a request and waits for the whole answer.
     *
     * @param method such as GET
     * @param uri http or https; no part of any exception, because it may hold a password
     * @param headers all of them but {@code Host}, {@code Connection} and {@code Content-Length}
     * @param body the body; empty for none
     * @param timeout from the first try to connect to the last byte of the answer
     * @return the answer, whatever its status
     * @throws NotSentException if no connection came about
     * @throws IOException if the connection broke, the time ran out or the answer cannot be read: what was sent may have taken effect
     */
    public Answer send(String method, URI uri, Map<String, String> headers, byte[] body, Duration timeout)
            throws IOException {
        long deadline = System.nanoTime() + timeout.toNanos();
        try (Socket socket = connect(uri, deadline)) {
            var request = new ByteArrayOutputStream();
            request.writeBytes(head(method, uri, headers, body).getBytes(StandardCharsets.ISO_8859_1));
            request.writeBytes(body);
            socket.getOutputStream().write(request.toByteArray());
            socket.getOutputStream().flush();
            return new Reading(socket, deadline, maxBody).answer(method);
        }
    }

    private Socket connect(URI uri, long deadline) throws NotSentException {
        boolean secure = "https".equalsIgnoreCase(uri.getScheme());
        int port = uri.getPort() >= 0 ? uri.getPort() : secure ? 443 : 80;
        String host = uri.getHost().replaceAll("^\\[|]$", "");
        var plain = new Socket();
        try {
            int wait =
                    (int) Math.min(Math.max(1, connectTimeout.toMillis()), millisUntil(deadline)); // 0 would be forever
            plain.connect(new InetSocketAddress(host, port), wait);
            plain.setTcpNoDelay(true);
            plain.setSoTimeout(wait);
            return secure ? secured(plain, host, port) : plain;
        } catch (IOException e) {
            closeQuietly(plain, e);
            throw new NotSentException(e.getClass().getSimpleName(), e);
        }
    }

    private static void closeQuietly(Socket socket, IOException cause) {
        try {
            socket.close();
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    private static Socket secured(Socket plain, String host, int port) throws IOException {
        var factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        var socket = (SSLSocket) factory.createSocket(plain, host, port, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private static int millisUntil(long deadline) throws HttpTimeoutException {
        long left = (deadline - System.nanoTime()) / NANOS_PER_MILLI;
        if (left <= 0) {
            throw new HttpTimeoutException("no whole answer in time");
        }
        return (int) Math.min(left, Integer.MAX_VALUE);
    }

    private static String head(String method, URI uri, Map<String, String> headers, byte[] body) {
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        var head = new StringBuilder(method + " " + path + query + " HTTP/1.1\r\n");
        head.append("Host: ").append(uri.getRawAuthority()).append("\r\nConnection: close\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        if (body.length > 0) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        return head.append("\r\n").toString();
    }

    /** Reads one answer within its time. */
    private static final class Reading {

        private final Socket socket;
        private final InputStream in;
        private final long deadline;
        private final long maxBody;

        private Reading(Socket socket, long deadline, long maxBody) throws IOException {
            this.socket = socket;
            this.deadline = deadline;
            this.maxBody = maxBody;
            this.in = new BufferedInputStream(socket.getInputStream(), BUFFER);
        }

        private Answer answer(String method) throws IOException {
            while (true) {
                String[] parts = line().split(" ", 3);
                if (parts.length < 2 || !parts[0].startsWith("HTTP/1.") || !parts[1].matches("[1-5]\\d\\d")) {
                    throw new IOException("the answer is not HTTP/1.1");
                }
                int status = Integer.parseInt(parts[1]);
                HttpHeaders headers = headers();
                if (status >= 200) {
                    boolean none = method.equals("HEAD") || status == 204 || status == 304;
                    return new Answer(status, headers, none ? new byte[0] : body(headers));
                }
            }
        }

        private HttpHeaders headers() throws IOException {
            Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            int count = 0;
            for (String line = line(); !line.isEmpty(); line = line()) {
                int colon = line.indexOf(':');
                count++;
                if (colon < 1 || count > MOST_HEADERS) {
                    throw new IOException("the headers of the answer cannot be read");
                }
                headers.computeIfAbsent(line.substring(0, colon), name -> new ArrayList<>())
                        .add(line.substring(colon + 1).strip());
            }
            return HttpHeaders.of(headers, (name, value) -> true);
        }

        private byte[] body(HttpHeaders headers) throws IOException {
            var body = new ByteArrayOutputStream();
            String coding = headers.firstValue("Transfer-Encoding").orElse("").toLowerCase(Locale.ROOT);
            String length = headers.firstValue("Content-Length").orElse("");
            if (coding.equals("chunked")) {
                for (long size = chunkSize(); size > 0; size = chunkSize()) {
                    copy(size, body);
                    line();
                }
            } else if (length.isEmpty()) {
                copyToTheEnd(body);
            } else if (length.matches("\\d{1,15}")) {
                copy(Long.parseLong(length), body);
            } else {
                throw new IOException("the answer has a length that is no number");
            }
            return body.toByteArray();
        }

        private long chunkSize() throws IOException {
            String size = line().split(";", 2)[0].strip();
            if (!size.matches("[0-9A-Fa-f]{1,12}")) {
                throw new IOException("the answer has a chunk whose size is no number");
            }
            return Long.parseLong(size, 16);
        }

        private void copy(long size, ByteArrayOutputStream body) throws IOException {
            refuseTooLarge(body.size() + size);
            var buffer = new byte[BUFFER];
            for (long left = size; left > 0; ) {
                int count = read(buffer, (int) Math.min(left, BUFFER));
                if (count < 0) {
                    throw new EOFException("the answer ended after " + (size - left) + " of " + size + " bytes");
                }
                body.write(buffer, 0, count);
                left -= count;
            }
        }

        private void copyToTheEnd(ByteArrayOutputStream body) throws IOException {
            var buffer = new byte[BUFFER];
            for (int count = read(buffer, BUFFER); count >= 0; count = read(buffer, BUFFER)) {
                body.write(buffer, 0, count);
                refuseTooLarge(body.size());
            }
        }

        private void refuseTooLarge(long size) throws BodyTooLargeException {
            if (size > maxBody) {
                throw new BodyTooLargeException(maxBody);
            }
        }

        private String line() throws IOException {
            var line = new ByteArrayOutputStream();
            var one = new byte[1];
            while (true) {
                if (read(one, 1) < 0) {
                    throw new EOFException("the connection was closed before the answer ended");
                }
                if (one[0] == '\n') {
                    String text = line.toString(StandardCharsets.ISO_8859_1);
                    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
                }
                if (line.size() > LONGEST_LINE) {
                    throw new IOException("a line of the answer is too long");
                }
                line.write(one[0]);
            }
        }

        private int read(byte[] buffer, int most) throws IOException {
            socket.setSoTimeout(millisUntil(deadline));
            return in.read(buffer, 0, most);
        }
    }
}
