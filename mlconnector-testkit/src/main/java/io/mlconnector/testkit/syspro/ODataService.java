package io.mlconnector.testkit.syspro;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Answers reads of tables. Read only, at most so many rows at once. */
final class ODataService {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Table> tables;
    private final String root;
    private final String authorization;
    private final int pageLimit;

    ODataService(Map<String, Table> tables, String root, String user, String password, int pageLimit) {
        this.tables = tables;
        this.root = root;
        this.authorization =
                "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        this.pageLimit = pageLimit;
    }

    boolean serves(WireRequest request) {
        return request.path().startsWith("/SYSPRO8Odata/");
    }

    /** The table that a request names, for faults and counters. */
    static String subject(WireRequest request) {
        String path = request.path();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    Reply answer(WireRequest request) {
        try {
            return read(request);
        } catch (Refusal refusal) {
            return refusal.reply();
        }
    }

    private Reply read(WireRequest request) {
        if (!request.header("Authorization").equals(authorization)) {
            return Reply.html(401, "Unauthorized").with("WWW-Authenticate", "Basic realm=\"SYSPRO\"");
        }
        if (!request.method().equals("GET")) {
            throw new Refusal(405, "The requested resource does not support http method '" + request.method() + "'.");
        }
        if (!request.path().startsWith(root)) {
            throw new Refusal(404, "No company at " + request.path());
        }
        String name = request.path().substring(root.length());
        if (name.equals("$metadata")) {
            return Reply.of(200, "application/xml", metadata());
        }
        Table table = tables.get(name);
        if (table == null) {
            throw new Refusal(404, "Resource not found for the segment '" + name + "'.");
        }
        return Reply.of(200, "application/json;odata.metadata=minimal", page(table, request.parameters()));
    }

    private String page(Table table, Map<String, String> options) {
        for (String option : options.keySet()) {
            if (!List.of("$select", "$filter", "$orderby", "$top", "$skip").contains(option)) {
                throw new Refusal(400, "The query option '" + option + "' is not supported.");
            }
        }
        List<String> columns = options.containsKey("$select")
                ? Arrays.asList(options.get("$select").split(",", -1))
                : new ArrayList<>(table.columns().keySet());
        columns.forEach(table::type);
        Predicate<Map<String, Object>> filter =
                options.containsKey("$filter") ? FilterParser.parse(table, options.get("$filter")) : row -> true;
        long top = Math.min(pageLimit, Long.parseLong(options.getOrDefault("$top", String.valueOf(pageLimit))));
        long skip = Long.parseLong(options.getOrDefault("$skip", "0"));
        List<Map<String, Object>> rows = table.rows().stream()
                .filter(filter)
                .sorted(order(table, options.getOrDefault("$orderby", "")))
                .skip(skip)
                .limit(top)
                .toList();
        ObjectNode body = JSON.createObjectNode().put("@odata.context", root + "$metadata#" + table.name());
        ArrayNode list = body.putArray("value");
        rows.forEach(row -> {
            ObjectNode json = list.addObject();
            columns.forEach(column -> put(json, column, table.type(column), row.get(column)));
        });
        return body.toString();
    }

    private static Comparator<Map<String, Object>> order(Table table, String text) {
        Comparator<Map<String, Object>> order = (one, other) -> 0;
        for (String part : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            String[] words = part.strip().split(" ", -1);
            String column = words[0];
            if (!table.type(column).ordered()) {
                throw new Refusal(400, "The property '" + column + "' of type 'Edm.Binary' cannot be ordered by.");
            }
            Comparator<Map<String, Object>> by =
                    Comparator.comparing(row -> row.get(column), Comparator.nullsFirst(FilterParser::compare));
            order = order.thenComparing(words.length > 1 && words[1].equals("desc") ? by.reversed() : by);
        }
        return order;
    }

    private static void put(ObjectNode json, String column, EdmType type, @Nullable Object value) {
        if (value == null) {
            json.putNull(column);
            return;
        }
        switch (type) {
            case STRING, TIME -> json.put(column, value.toString());
            case DECIMAL -> json.put(column, (BigDecimal) value);
            case NUMBER -> json.put(column, (Long) value);
            case BYTES ->
                json.put(
                        column,
                        Base64.getEncoder()
                                .encodeToString(ByteBuffer.allocate(8)
                                        .putLong((Long) value)
                                        .array()));
        }
    }

    private String metadata() {
        var xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?><edmx:Edmx Version=\"4.0\""
                + " xmlns:edmx=\"http://docs.oasis-open.org/odata/ns/edmx\"><edmx:DataServices>"
                + "<Schema Namespace=\"SYSPROOData\" xmlns=\"http://docs.oasis-open.org/odata/ns/edm\">");
        tables.values().forEach(table -> {
            xml.append("<EntityType Name=\"").append(table.name()).append("\"><Key>");
            table.keys()
                    .forEach(key ->
                            xml.append("<PropertyRef Name=\"").append(key).append("\"/>"));
            xml.append("</Key>");
            table.columns()
                    .forEach((column, type) -> xml.append("<Property Name=\"")
                            .append(column)
                            .append("\" Type=\"")
                            .append(type.edmName())
                            .append("\"/>"));
            xml.append("</EntityType>");
        });
        xml.append("<EntityContainer Name=\"Container\">");
        tables.keySet()
                .forEach(name -> xml.append("<EntitySet Name=\"")
                        .append(name)
                        .append("\" EntityType=\"SYSPROOData.")
                        .append(name)
                        .append("\"/>"));
        return xml.append("</EntityContainer></Schema></edmx:DataServices></edmx:Edmx>")
                .toString();
    }
}
