package io.mlconnector.testkit.syspro;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A request as it came in. Header names are in lower case; the path is decoded, the query is not. */
record WireRequest(String method, String target, Map<String, String> headers, byte[] body) {

    String path() {
        int question = target.indexOf('?');
        return URLDecoder.decode(question < 0 ? target : target.substring(0, question), StandardCharsets.UTF_8);
    }

    /** The parameters of the query, decoded; their names in lower case. */
    Map<String, String> parameters() {
        var parameters = new LinkedHashMap<String, String>();
        int question = target.indexOf('?');
        if (question < 0) {
            return parameters;
        }
        for (String parameter : target.substring(question + 1).split("&", -1)) {
            int equals = parameter.indexOf('=');
            String name = equals < 0 ? parameter : parameter.substring(0, equals);
            String value = equals < 0 ? "" : parameter.substring(equals + 1);
            parameters.put(
                    URLDecoder.decode(name, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT),
                    URLDecoder.decode(value, StandardCharsets.UTF_8));
        }
        return parameters;
    }

    String header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }
}
