package io.mlconnector.testkit.cloudsuite;

import java.util.List;

/**
 * A request as a test chooses it for a fault.
 *
 * @param method the HTTP method
 * @param program the program; empty for a request for a token
 * @param transactions what is to be executed, in order
 */
public record CloudSuiteRequest(String method, String program, List<String> transactions) {

    /** Copies the list. */
    public CloudSuiteRequest {
        transactions = List.copyOf(transactions);
    }

    /**
     * Returns whether it asks for a token, or gives one back.
     *
     * @return false for whatever M3 executes
     */
    public boolean isTokenRequest() {
        return program.isEmpty();
    }

    /**
     * Returns whether anything of it changes M3.
     *
     * @return true if one of the transactions does
     */
    public boolean writes() {
        return transactions.stream().anyMatch(name -> name.startsWith("Add") || name.startsWith("Control"));
    }
}
