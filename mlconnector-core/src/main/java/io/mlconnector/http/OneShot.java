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
 * One request over a connection of its own, which is closed behind the answer. The client of the JDK sends a GET again when its
 * answer does not begin, on a fresh connection too; this sends it once.
 */
final class OneShot implements AutoCloseable {

    private static final int LONGEST_LINE = 65_536;
    private static final int MOST_HEADERS = 500;

    private final Socket socket;
    private final InputStream in;
    private final long deadline;

    /** An answer as it came. */
    static final class Answer {
        final int status;
        final HttpHeaders headers;
        final byte[] body;

        private Answer(int status, HttpHeaders headers, byte[] body) {
            this.status = status;
            this.headers = headers;
            this.body = body;
        }
    }

    private OneShot(Socket socket, long deadline) throws IOException {
        this.socket = socket;
        this.deadline = deadline;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /**
     * Sends once and waits for the whole answer.
     *
     * @throws NotSentException if no connection came about
     * @throws BodyTooLargeException if the answer is too large
     * @throws IOException if it takes too long, the connection broke or the answer cannot be read
     */
    static Answer exchange(String method, URI uri, Map<String, String> headers, Duration limit, long maxBody)
            throws IOException {
        long deadline = System.nanoTime() + limit.toNanos();
        try (OneShot shot = connect(uri, deadline)) {
            shot.send(method, uri, headers);
            return shot.answer(method, maxBody);
        }
    }

    private static OneShot connect(URI uri, long deadline) throws NotSentException {
        boolean secure = "https".equalsIgnoreCase(uri.getScheme());
        int port = uri.getPort() >= 0 ? uri.getPort() : secure ? 443 : 80;
        var plain = new Socket();
        try {
            plain.connect(new InetSocketAddress(host(uri), port), millisUntil(deadline));
            plain.setTcpNoDelay(true);
            return new OneShot(secure ? secured(plain, host(uri), port, deadline) : plain, deadline);
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

    private static Socket secured(Socket plain, String host, int port, long deadline) throws IOException {
        plain.setSoTimeout(millisUntil(deadline));
        var factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        var socket = (SSLSocket) factory.createSocket(plain, host, port, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private static String host(URI uri) {
        String host = uri.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static int millisUntil(long deadline) throws HttpTimeoutException {
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
            throw new HttpTimeoutException("no complete answer in time");
        }
        return (int) Math.min(left, Integer.MAX_VALUE);
    }

    private void send(String method, URI uri, Map<String, String> headers) throws IOException {
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        var head = new StringBuilder(method + " " + path + query + " HTTP/1.1\r\n");
        head.append("Host: ").append(uri.getRawAuthority()).append("\r\nConnection: close\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        socket.getOutputStream().write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    private Answer answer(String method, long maxBody) throws IOException {
        String[] parts = line().split(" ", 3);
        if (parts.length < 2 || !parts[0].startsWith("HTTP/1.") || !parts[1].matches("[1-5]\\d\\d")) {
            throw new IOException("the answer is not HTTP/1.1");
        }
        int status = Integer.parseInt(parts[1]);
        HttpHeaders headers = headers();
        if (status < 200) {
            return answer(method, maxBody);
        }
        boolean none = method.equals("HEAD") || status == 204 || status == 304;
        return new Answer(status, headers, none ? new byte[0] : body(headers, maxBody));
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

    private byte[] body(HttpHeaders headers, long maxBody) throws IOException {
        var body = new ByteArrayOutputStream();
        String coding = headers.firstValue("Transfer-Encoding").orElse("").toLowerCase(Locale.ROOT);
        String length = headers.firstValue("Content-Length").orElse("");
        if (coding.equals("chunked")) {
            for (long size = chunkSize(); size > 0; size = chunkSize()) {
                copy(size, body, maxBody);
                line();
            }
        } else if (length.matches("\\d{1,15}")) {
            copy(Long.parseLong(length), body, maxBody);
        } else {
            for (int next = read(); next >= 0; next = read()) {
                body.write(next);
                refuseTooLarge(body.size(), maxBody);
            }
        }
        return body.toByteArray();
    }

    private long chunkSize() throws IOException {
        String size = line().split(";", 2)[0].strip();
        if (!size.matches("[0-9A-Fa-f]{1,12}")) {
            throw new IOException("a chunk of the answer cannot be read");
        }
        return Long.parseLong(size, 16);
    }

    private void copy(long size, ByteArrayOutputStream body, long maxBody) throws IOException {
        refuseTooLarge(body.size() + size, maxBody);
        for (long left = size; left > 0; left--) {
            int next = read();
            if (next < 0) {
                throw new EOFException("the answer was cut");
            }
            body.write(next);
        }
    }

    private static void refuseTooLarge(long size, long maxBody) throws BodyTooLargeException {
        if (size > maxBody) {
            throw new BodyTooLargeException(maxBody);
        }
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = read(); next != '\n'; next = read()) {
            if (next < 0) {
                throw new EOFException("the connection was closed before the answer");
            }
            if (line.size() > LONGEST_LINE) {
                throw new IOException("a line of the answer is too long");
            }
            line.write(next);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    private int read() throws IOException {
        if (in.available() == 0) {
            socket.setSoTimeout(millisUntil(deadline));
        }
        return in.read();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
