package io.mlconnector.testkit.ifs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;

/** Sends a GET whose path no URI class would accept. */
final class RawHttp {

    private RawHttp() {}

    static int status(IfsSandbox sandbox, SandboxClient client, String path) throws IOException {
        HttpRequest template = client.request("GET", "/", "").build();
        String token = template.headers().firstValue("Authorization").orElseThrow();
        try (Socket socket = new Socket(
                InetAddress.getByAddress(new byte[] {127, 0, 0, 1}),
                sandbox.baseUrl().getPort())) {
            String request =
                    "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: " + token + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            BufferedReader answer =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            return Integer.parseInt(answer.readLine().split(" ", 3)[1]);
        }
    }
}
