package io.mlconnector.testkit.bill;

/**
 * A call that the sandbox was sent.
 *
 * @param method the method
 * @param path the path, such as {@code /connect/v3/bills}
 * @param query the query, decoded; empty if there is none
 * @param body the body, without the password of a login
 * @param status the status of the answer; 0 if the answer was dropped
 */
public record BillRequest(String method, String path, String query, String body, int status) {

    /**
     * Returns whether the call is of a kind.
     *
     * @param wanted the method
     * @param suffix how the path ends
     * @return true if it is
     */
    public boolean is(String wanted, String suffix) {
        return method.equals(wanted) && path.endsWith(suffix);
    }
}
