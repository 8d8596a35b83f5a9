package io.mlconnector.cloudsuite;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlconnector.http.HttpAnswer;
import io.mlconnector.http.HttpApi;
import io.mlconnector.http.HttpCall;
import io.mlconnector.http.OutcomeUnknownException;
import io.mlconnector.http.Repeat;
import io.mlconnector.mapping.JsonPage;
import io.mlconnector.mapping.JsonShape;
import io.mlconnector.mapping.MalformedPageException;
import io.mlconnector.mapping.Row;
import io.mlconnector.mapping.RowLayout;
import io.mlconnector.spi.AuthenticationException;
import io.mlconnector.spi.ConnectionStats;
import io.mlconnector.spi.ConnectorContext;
import io.mlconnector.spi.MlConnectorException;
import io.mlconnector.spi.MlConnectorException.Details;
import io.mlconnector.spi.UnavailableException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The wire: executes transactions of MI programs, version 2 of the API. Every transaction can be called by GET there, those that
 * write too, and java.net.http may send a GET twice; so whatever writes goes as a POST, once. Safe for threads.
 */
final class MiClient {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> RESULT =
            List.of("transaction", "errorMessage", "errorCode", "errorField", "errorType", "notProcessed");
    private static final JsonShape ANSWER =
            JsonShape.of("results", "wasTerminated", "terminationReason", "terminationErrorType");

    private final CloudSuiteSettings settings;
    private final ConnectorContext context;
    private final HttpApi api;
    private final String base;

    MiClient(CloudSuiteSettings settings, IonGateway gateway, ConnectorContext context) {
        this.settings = settings;
        this.context = context;
        IonapiSettings file = settings.ionapi();
        this.base = file.gatewayUrl().toString().replaceAll("/+$", "")
                + settings.pathPrefix().replace("{ti}", encoded(file.tenant()));
        this.api = HttpApi.builder(context)
                .quota(gateway.quota())
                .authenticator(gateway)
                .connectTimeout(settings.connectTimeout())
                .requestTimeout(settings.requestTimeout())
                .allowPlainHttp(settings.allowPlainHttp())
                .addOrigin(file.gatewayUrl())
                .build();
    }

    ConnectionStats stats() {
        return api.stats();
    }

    /** Reads by one transaction, with a GET. */
    MiResult read(MiCall call) {
        RowLayout layout = RowLayout.of(call.columns());
        HttpAnswer answer = api.send(HttpCall.get(uri(call), "execute " + call.transaction())
                .header("Accept", "application/json")
                .build());
        return results(answer, List.of(call), layout, false).get(0);
    }

    /** Reads by transactions of one program, many in one request. The rows have the columns of all calls. */
    List<MiResult> read(List<MiCall> calls) {
        if (calls.size() == 1) {
            return List.of(read(calls.get(0)));
        }
        var results = new ArrayList<MiResult>(calls.size());
        int most = settings.readsPerCall();
        for (int from = 0; from < calls.size(); from += most) {
            List<MiCall> chunk = calls.subList(from, Math.min(calls.size(), from + most));
            if (chunk.size() == 1) {
                results.add(read(chunk.get(0)));
            } else {
                HttpAnswer answer = post(chunk, Repeat.SAFE);
                results.addAll(results(answer, chunk, layout(chunk), false));
            }
        }
        return results;
    }

    /**
     * Writes by transactions of one program in one request, in order. Nothing of it is undone when one of them is refused.
     *
     * @throws OutcomeUnknownException if nobody knows which of them took effect
     * @throws UnavailableException if none of them did
     */
    List<MiResult> write(List<MiCall> calls) {
        if (calls.stream()
                .anyMatch(call -> settings.getOnly().contains(call.transaction().toString()))) {
            return inParts(single(calls), this::writeByGetOrPost);
        }
        List<List<MiCall>> byProgram = byProgram(calls);
        return byProgram.size() == 1 ? writeTogether(calls) : inParts(byProgram, this::writeTogether);
    }

    private List<MiResult> writeTogether(List<MiCall> calls) {
        HttpAnswer answer = post(calls, Repeat.ONCE);
        if (answer.status() == 400 && calls.size() > 1 && refusedWhole(answer)) {
            // One member spoils the whole request, so each goes for itself.
            return inParts(single(calls), this::writeTogether);
        }
        return results(answer, calls, layout(calls), true);
    }

    private static List<List<MiCall>> single(List<MiCall> calls) {
        return calls.stream().map(List::of).toList();
    }

    /** A request is for one program, and the order is kept. */
    private static List<List<MiCall>> byProgram(List<MiCall> calls) {
        var parts = new ArrayList<List<MiCall>>();
        String program = "";
        for (MiCall call : calls) {
            if (!call.transaction().program().equals(program)) {
                program = call.transaction().program();
                parts.add(new ArrayList<>());
            }
            parts.get(parts.size() - 1).add(call);
        }
        return parts;
    }

    /** What ends it after the first part may have left something behind. */
    private List<MiResult> inParts(List<List<MiCall>> parts, Function<List<MiCall>, List<MiResult>> writing) {
        var results = new ArrayList<MiResult>();
        for (List<MiCall> part : parts) {
            try {
                results.addAll(writing.apply(part));
            } catch (UnavailableException | AuthenticationException e) {
                if (results.isEmpty()) {
                    throw e;
                }
                throw new OutcomeUnknownException(
                        results.size() + " transactions are executed, then: " + e.getMessage(),
                        Details.of(context.connection(), "execute " + names(part)),
                        e);
            }
        }
        return results;
    }

    private List<MiResult> writeByGetOrPost(List<MiCall> one) {
        MiCall call = one.get(0);
        return settings.getOnly().contains(call.transaction().toString())
                ? List.of(writeByGet(call))
                : writeTogether(one);
    }

    /** For a tenant that allows a transaction by GET alone: over a connection on which nothing can repeat it. */
    private MiResult writeByGet(MiCall call) {
        HttpAnswer answer = api.send(HttpCall.get(uri(call), "execute " + call.transaction())
                .oneShot()
                .header("Accept", "application/json")
                .build());
        return results(answer, List.of(call), RowLayout.of(call.columns()), true)
                .get(0);
    }

    private HttpAnswer post(List<MiCall> calls, Repeat repeat) {
        return api.send(HttpCall.of("POST", URI.create(base + "/v2/execute"), "execute " + names(calls))
                .repeat(repeat)
                .header("Accept", "application/json")
                .body(body(calls), "application/json; charset=UTF-8")
                .build());
    }

    private static String names(List<MiCall> calls) {
        return calls.stream()
                .map(call -> call.transaction().toString())
                .distinct()
                .collect(Collectors.joining(", "));
    }

    /** The transactions come last, because the server reads the body as it comes. */
    private String body(List<MiCall> calls) {
        ObjectNode body = JSON.createObjectNode();
        body.put("program", calls.get(0).transaction().program());
        body.put("cono", settings.company());
        if (!settings.division().isEmpty()) {
            body.put("divi", settings.division());
        }
        body.put("dateFormat", "YMD8");
        body.put("excludeEmptyValues", true);
        body.put("rightTrim", true);
        body.put(
                "maxReturnedRecords",
                calls.stream().mapToInt(MiCall::mostRecords).max().orElse(0));
        ArrayNode transactions = body.putArray("transactions");
        for (MiCall call : calls) {
            ObjectNode transaction = transactions.addObject();
            transaction.put("transaction", call.transaction().name());
            ObjectNode record = transaction.putObject("record");
            call.record().forEach(record::put);
            ArrayNode columns = transaction.putArray("selectedColumns");
            call.columns().forEach(columns::add);
        }
        return body.toString();
    }

    private URI uri(MiCall call) {
        Map<String, String> query = new LinkedHashMap<>(call.record());
        query.put("maxrecs", Integer.toString(call.mostRecords()));
        query.put("returncols", String.join(",", call.columns()));
        query.put("cono", Integer.toString(settings.company()));
        if (!settings.division().isEmpty()) {
            query.put("divi", settings.division());
        }
        query.put("dateformat", "YMD8");
        query.put("excludeempty", "true");
        query.put("righttrim", "true");
        query.put("format", "COMPACT");
        MiTransaction transaction = call.transaction();
        return URI.create(base + "/v2/execute/" + transaction.program() + "/" + transaction.name() + "?"
                + query.entrySet().stream()
                        .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                        .collect(Collectors.joining("&")));
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static RowLayout layout(List<MiCall> calls) {
        return RowLayout.of(calls.stream()
                .flatMap(call -> call.columns().stream())
                .distinct()
                .toList());
    }

    /** One result per call, in order. An error of M3 stands in an answer of 200 as well as of 400. */
    private List<MiResult> results(HttpAnswer answer, List<MiCall> calls, RowLayout layout, boolean writes) {
        String operation = "execute " + names(calls);
        if (answer.status() == 400) {
            MiError error = MiError.of(json(answer))
                    .orElseThrow(() -> refusal(answer, operation, "the gateway refuses the request"));
            refuseForAll(error, answer, operation);
            return calls.stream()
                    .map(call -> new MiResult(List.of(), error, false))
                    .toList();
        }
        if (!answer.success()) {
            throw refusal(answer, operation, hint(answer.status()));
        }
        List<Row> read;
        JsonPage page;
        try {
            page = JsonPage.read(answer.body(), ANSWER, RowLayout.of(RESULT, Map.of("records", layout)));
            read = page.rows();
        } catch (MalformedPageException e) {
            throw unreadable(answer, operation, String.valueOf(e.getMessage()), writes);
        }
        boolean terminated = "true".equals(page.envelope("wasTerminated").orElse(""));
        String reason = page.envelope("terminationReason").orElse("M3 ended the call");
        if (terminated && !writes) {
            throw refusal(answer, operation, reason);
        }
        if (read.size() != calls.size() && !terminated) {
            String seen = read.size() + " results for " + calls.size() + " transactions";
            throw unreadable(answer, operation, seen, writes);
        }
        var results = new ArrayList<MiResult>(calls.size());
        for (int at = 0; at < calls.size(); at++) {
            results.add(at < read.size() ? result(read.get(at)) : new MiResult(List.of(), null, true));
            MiError error = results.get(at).error();
            if (error != null && (at == 0 || !writes)) {
                refuseForAll(error, answer, operation);
            }
        }
        return results;
    }

    private static MiResult result(Row row) {
        Optional<MiError> error = MiError.of(row);
        boolean notProcessed = "true".equals(row.text("notProcessed"));
        return new MiResult(row.rows(row.layout().slot("records")), error.orElse(null), notProcessed);
    }

    /** What is wrong with a program or with a right is wrong for every record: the flow stops. */
    private void refuseForAll(MiError error, HttpAnswer answer, String operation) {
        if (error.isNoSuchName()) {
            throw refusal(
                    answer,
                    operation,
                    error + "; the tenant has no such program or transaction: run the check, and name others in"
                            + " preset or transactions");
        }
        if (error.isNotAuthorized()) {
            throw refusal(
                    answer, operation, error + "; grant the service user the program in company " + settings.company());
        }
    }

    private static boolean refusedWhole(HttpAnswer answer) {
        JsonNode body = json(answer);
        Optional<MiError> error = MiError.of(body);
        boolean forAll =
                error.isPresent() && (error.get().isNoSuchName() || error.get().isNotAuthorized());
        return !forAll && body.path("nrOfSuccessfullTransactions").asInt(0) == 0;
    }

    private UnavailableException refusal(HttpAnswer answer, String operation, String why) {
        return new UnavailableException(
                context.connection() + ": " + operation + ": status " + answer.status() + ": " + why,
                details(answer, operation));
    }

    private MlConnectorException unreadable(HttpAnswer answer, String operation, String why, boolean writes) {
        String seen = "the answer to " + operation + " cannot be read: " + why;
        return writes
                ? new OutcomeUnknownException(context.connection() + ": " + seen, details(answer, operation), null)
                : refusal(answer, operation, seen);
    }

    private Details details(HttpAnswer answer, String operation) {
        return new Details(
                context.connection(),
                operation,
                String.valueOf(answer.status()),
                answer.requestId().orElse(null));
    }

    private static String hint(int status) {
        return switch (status) {
            case 403 -> "the API suite M3 is not granted to the authorized app, or the user has no role for it";
            case 404, 405 -> "the gateway knows no such path; look at iu and ti of the .ionapi file and at pathPrefix";
            default -> "the gateway refuses the request";
        };
    }

    private static JsonNode json(HttpAnswer answer) {
        try {
            JsonNode json = JSON.readTree(answer.text());
            return json == null ? MissingNode.getInstance() : json;
        } catch (JsonProcessingException html) {
            return MissingNode.getInstance();
        }
    }
}
