package io.mlconnector.testkit.cloudsuite;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Executes transactions one by one, and writes results as version 2 of the API does: business errors hide in an answer of 200. */
final class MiService {

    /**
     * A transaction as it was asked for.
     *
     * @param columns which output is wanted; empty for all
     */
    record Item(String transaction, Map<String, String> record, List<String> columns) {}

    /** A request as it was asked for. */
    record Request(String program, List<Item> items, int mostRecords) {}

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> SWEDISH = Map.of(
            "XRE0103", "Posten finns inte",
            "XRE0104", "Posten finns redan",
            "XRE0015", "Beloppet har för många decimaler",
            "XAR4001", "Bunten har inga rader");

    private final Catalogue catalogue;
    private final boolean padded;
    private final boolean swedish;
    private final AtomicLong executed = new AtomicLong();
    private int terminateAfter = -1;

    MiService(Catalogue catalogue, boolean padded, boolean swedish) {
        this.catalogue = catalogue;
        this.padded = padded;
        this.swedish = swedish;
    }

    long executed() {
        return executed.get();
    }

    synchronized void terminateAfter(int items) {
        terminateAfter = items;
    }

    /** Reads a bulk request. */
    static Request bulk(String body) {
        try {
            JsonNode json = JSON.readTree(body);
            var items = new ArrayList<Item>();
            for (JsonNode node : json.path("transactions")) {
                var record = new LinkedHashMap<String, String>();
                node.path("record")
                        .properties()
                        .forEach(field ->
                                record.put(field.getKey(), field.getValue().asText()));
                var columns = new ArrayList<String>();
                node.path("selectedColumns").forEach(column -> columns.add(column.asText()));
                items.add(new Item(node.path("transaction").asText(), record, columns));
            }
            return new Request(
                    json.path("program").asText(),
                    items,
                    json.path("maxReturnedRecords").asInt(100));
        } catch (JsonProcessingException e) {
            return new Request("?", List.of(), 0);
        }
    }

    /** Reads a request by GET, where lower case is protocol and upper case is input. */
    static Request single(String program, String transaction, Map<String, String> query) {
        var record = new LinkedHashMap<String, String>();
        query.forEach((name, value) -> {
            if (name.equals(name.toUpperCase(Locale.ROOT))) {
                record.put(name, value);
            }
        });
        List<String> columns = Arrays.stream(
                        query.getOrDefault("returncols", "").split(",", -1))
                .filter(column -> !column.isEmpty())
                .toList();
        int most = Integer.parseInt(query.getOrDefault("maxrecs", "100"));
        return new Request(program, List.of(new Item(transaction, record, columns)), most);
    }

    synchronized Reply execute(Request request) {
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode results = answer.putArray("results");
        int good = 0;
        int bad = 0;
        int at = 0;
        boolean terminated = false;
        for (Item item : request.items()) {
            if (at == terminateAfter) {
                terminated = true;
            }
            at++;
            ObjectNode result = results.addObject().put("transaction", item.transaction());
            if (terminated) {
                result.put("notProcessed", true);
                continue;
            }
            try {
                executed.incrementAndGet();
                List<Map<String, String>> rows =
                        catalogue.execute(request.program(), item.transaction(), item.record());
                write(rows, item, request.mostRecords(), result);
                good++;
            } catch (Refusal refusal) {
                if (refusal.ofTheRequest()) {
                    return Reply.json(400, terminated(refusal));
                }
                write(refusal, result);
                bad++;
            }
        }
        if (terminated) {
            terminateAfter = -1;
            answer.put("terminationReason", "M3 job ended abnormally").put("terminationErrorType", "ServerError");
        }
        answer.put("wasTerminated", terminated);
        answer.put("nrOfSuccessfullTransactions", good);
        answer.put("nrOfFailedTransactions", bad);
        return Reply.json(200, answer.toString());
    }

    private void write(List<Map<String, String>> rows, Item item, int most, ObjectNode result) {
        if (rows.isEmpty()) {
            return;
        }
        ArrayNode records = result.putArray("records");
        int left = most == 0 ? Integer.MAX_VALUE : most;
        for (Map<String, String> row : rows) {
            if (left == 0) {
                return; // cut without a word
            }
            left--;
            ObjectNode record = records.addObject();
            row.forEach((name, value) -> {
                if (item.columns().isEmpty() || item.columns().contains(name)) {
                    record.put(name, padded ? " " + value + "     " : value);
                }
            });
        }
    }

    private void write(Refusal refusal, ObjectNode result) {
        String text = swedish ? SWEDISH.getOrDefault(refusal.code(), "Fel") : String.valueOf(refusal.getMessage());
        result.put("errorMessage", text + "            " + refusal.code() + "  " + refusal.field() + "      ");
        result.put("errorCode", refusal.code());
        result.put("errorField", refusal.field());
        result.put("errorType", refusal.type());
        result.put("errorCfg", "");
    }

    private static String terminated(Refusal refusal) {
        ObjectNode answer = JSON.createObjectNode();
        answer.putArray("results");
        answer.put("wasTerminated", true);
        answer.put("terminationReason", String.valueOf(refusal.getMessage()));
        answer.put("terminationErrorType", refusal.type());
        answer.put("nrOfSuccessfullTransactions", 0);
        answer.put("nrOfFailedTransactions", 0);
        answer.put("nrOfNotProcessedTransactions", 1);
        return answer.toString();
    }
}
