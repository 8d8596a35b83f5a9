package io.mlconnector.benchmarks;

import io.mlconnector.model.Invoice;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The body of a form as it is usually written: a map, then {@link URLEncoder}. */
final class IdiomaticForm {

    private IdiomaticForm() {}

    static byte[] of(Invoice invoice) {
        return parameters(invoice).entrySet().stream()
                .map(parameter -> encoded(parameter.getKey()) + "=" + encoded(parameter.getValue()))
                .collect(Collectors.joining("&"))
                .getBytes(StandardCharsets.UTF_8);
    }

    static Map<String, String> parameters(Invoice invoice) {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("customer", invoice.customer().id());
        parameters.put("currency", invoice.total().currency());
        parameters.put(
                "amount",
                Long.toString(invoice.total().amount().movePointRight(2).longValueExact()));
        if (invoice.dueOn() != null) {
            parameters.put(
                    "due_date",
                    Long.toString(invoice.dueOn().atStartOfDay(ZoneOffset.UTC).toEpochSecond()));
        }
        if (invoice.memo() != null) {
            parameters.put("description", invoice.memo());
        }
        parameters.put("number", invoice.number());
        if (invoice.company() != null) {
            parameters.put("metadata[company]", invoice.company());
        }
        invoice.attributes().value("region").ifPresent(region -> parameters.put("metadata[region]", region));
        parameters.put("metadata[system]", invoice.key().connection());
        return parameters;
    }

    /** Square brackets stay as they are, as Stripe's own library leaves them. */
    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("%5B", "[")
                .replace("%5D", "]");
    }
}
