package io.mlconnector.syspro;

import io.mlconnector.http.OneShot;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.stream.Collectors;

/** Calls of e.net as GET, all parameters in the address. The address is never shown: it holds the password or the token. */
final class RestTransport implements EnetTransport {

    private final EnetWire wire;
    private final String base;
    private final int longestUrl;

    RestTransport(EnetWire wire, URI base, int longestUrl) {
        this.wire = wire;
        this.base = base.toString().replaceAll("/+$", "") + "/";
        this.longestUrl = longestUrl;
    }

    @Override
    public EnetBody send(EnetCall call) throws IOException {
        String url = url(call);
        if (url.length() > longestUrl) {
            throw new IllegalArgumentException(call + ": the address must have at most " + longestUrl
                    + " characters, the web server cuts longer ones off: " + url.length());
        }
        OneShot.Answer answer = wire.send(call, "GET", URI.create(url), Map.of(), new byte[0]);
        return answer.status() >= 200 && answer.status() < 300
                ? EnetBody.of(answer.body())
                : EnetBody.ofStatus(answer.status());
    }

    private String url(EnetCall call) {
        return call.parameters().entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + PercentEncoding.ofValue(parameter.getValue()))
                .collect(Collectors.joining("&", base + call.operation().route() + "?", ""));
    }

    @Override
    public int room(EnetCall call) {
        return longestUrl - url(call).length();
    }

    @Override
    public String name() {
        return "REST";
    }
}
