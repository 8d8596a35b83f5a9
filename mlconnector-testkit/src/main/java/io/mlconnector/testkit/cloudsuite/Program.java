package io.mlconnector.testkit.cloudsuite;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** An MI program: its transactions with their input fields. */
final class Program {

    /**
     * A transaction.
     *
     * @param inputs name of a field to its length; negative if it is mandatory
     * @param work makes records of the input
     */
    record Transaction(Map<String, Integer> inputs, Function<Map<String, String>, List<Map<String, String>>> work) {

        List<Map<String, String>> execute(Map<String, String> input) {
            inputs.forEach((field, length) -> {
                if (length < 0 && input.getOrDefault(field, "").isBlank()) {
                    throw Refusal.mandatory(field);
                }
            });
            input.forEach((field, value) -> {
                Integer length = inputs.get(field);
                if (length == null) {
                    throw Refusal.unknownField(field);
                }
                if (value.length() > Math.abs(length)) {
                    throw Refusal.tooLong(field, Math.abs(length));
                }
            });
            return work.apply(input);
        }
    }

    private final Map<String, Transaction> transactions = new LinkedHashMap<>();

    /** Adds a transaction; inputs are written as {@code *CUNO:10}, with a star if they are mandatory. */
    Program with(String name, String inputs, Function<Map<String, String>, List<Map<String, String>>> work) {
        var fields = new LinkedHashMap<String, Integer>();
        for (String input : inputs.split(" ", -1)) {
            if (!input.isEmpty()) {
                List<String> parts = Arrays.asList(input.split(":", -1));
                boolean mandatory = parts.get(0).startsWith("*");
                int length = Integer.parseInt(parts.get(1));
                fields.put(mandatory ? parts.get(0).substring(1) : parts.get(0), mandatory ? -length : length);
            }
        }
        transactions.put(name, new Transaction(fields, work));
        return this;
    }

    Map<String, Transaction> transactions() {
        return transactions;
    }
}
