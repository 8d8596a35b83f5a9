package io.mlconnector.testkit.bill;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One call as it came. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record WireCall(String method, String target, Map<String, String> headers, byte[] body) {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    String path() {
        int question = target.indexOf('?');
        return question < 0 ? target : target.substring(0, question);
    }

    private String rawQuery() {
        int question = target.indexOf('?');
        return question < 0 ? "" : target.substring(question + 1);
    }

    @Nullable String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }

    String decodedQuery() {
        return URLDecoder.decode(rawQuery(), StandardCharsets.UTF_8);
    }

    String shownBody() {
        return path().toLowerCase(Locale.ROOT).contains("login") ? "***" : new String(body, StandardCharsets.UTF_8);
    }

    Map<String, String> query() {
        return decoded(rawQuery());
    }

    Map<String, String> form() {
        return decoded(new String(body, StandardCharsets.UTF_8));
    }

    private static Map<String, String> decoded(String text) {
        var values = new LinkedHashMap<String, String>();
        for (String pair : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                values.put(
                        pair.substring(0, equals),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return values;
    }

    JsonNode json() {
        if (body.length == 0) {
            return JsonNodeFactory.instance.objectNode();
        }
        if (!"application/json".equals(header("Content-Type"))) {
            throw BillRefusal.field("Content-Type: must be application/json");
        }
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw BillRefusal.field("the body is no JSON");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
