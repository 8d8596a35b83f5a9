package io.mlconnector.testkit.ifs;

import java.util.Map;
import java.util.TreeMap;

/** Counts what the sandbox was asked and what it answered. Safe for threads. */
public final class IfsTraffic {

    private final Map<String, Long> paths = new TreeMap<>();
    private final Map<Integer, Long> statuses = new TreeMap<>();
    private long requests;
    private long tokenRequests;
    private int active;
    private int peak;

    IfsTraffic() {}

    synchronized void began(IfsRequest request) {
        active++;
        peak = Math.max(peak, active);
        if (request.isTokenRequest()) {
            tokenRequests++;
        } else {
            requests++;
            paths.merge(withoutKeys(request.path()), 1L, Long::sum);
        }
    }

    synchronized void answered(int status) {
        statuses.merge(status, 1L, Long::sum);
    }

    synchronized void ended() {
        active--;
    }

    private static String withoutKeys(String path) {
        return path.replaceAll("\\([^/]*\\)", "()");
    }

    /**
     * Returns the number of OData requests.
     *
     * @return all of them, refused ones too, without token requests
     */
    public synchronized long requests() {
        return requests;
    }

    /**
     * Returns the number of OData requests whose path contains a text.
     *
     * @param part such as {@code CustomerSet}; keys are left out of the counted paths
     * @return how many
     */
    public synchronized long requests(String part) {
        return paths.entrySet().stream()
                .filter(entry -> entry.getKey().contains(part))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /**
     * Returns the number of OData requests of each path.
     *
     * @return a copy, with keys left out of the paths
     */
    public synchronized Map<String, Long> requestsByPath() {
        return new TreeMap<>(paths);
    }

    /**
     * Returns the number of token requests.
     *
     * @return granted or not
     */
    public synchronized long tokenRequests() {
        return tokenRequests;
    }

    /**
     * Returns the number of answers with a status, token answers among them.
     *
     * @param status the HTTP status
     * @return how many
     */
    public synchronized long answers(int status) {
        return statuses.getOrDefault(status, 0L);
    }

    /**
     * Returns the number of answers with status 429.
     *
     * @return how many
     */
    public synchronized long throttled() {
        return answers(429);
    }

    /**
     * Returns the highest number of requests that were in progress at one time.
     *
     * @return at least 1 once there was a request
     */
    public synchronized int peakConcurrency() {
        return peak;
    }

    /** Sets every counter to zero. Requests in progress still count as such. */
    public synchronized void reset() {
        paths.clear();
        statuses.clear();
        requests = 0;
        tokenRequests = 0;
        peak = active;
    }
}
