package io.mlconnector.testkit.ifs;

/**
 * What a fault can look at to decide whether it strikes.
 *
 * @param method the HTTP method
 * @param path the path, still percent-encoded, with leading slash
 * @param query the query, still percent-encoded, without question mark; empty if there is none
 */
public record IfsRequest(String method, String path, String query) {

    /**
     * Tells whether this is a call to the token endpoint.
     *
     * @return false for every OData request
     */
    public boolean isTokenRequest() {
        return path.startsWith("/auth/");
    }

    /**
     * Tells whether this is an OData request that may change something.
     *
     * @return true for every method but GET, and false for token requests
     */
    public boolean isWrite() {
        return !method.equals("GET") && !isTokenRequest();
    }
}
