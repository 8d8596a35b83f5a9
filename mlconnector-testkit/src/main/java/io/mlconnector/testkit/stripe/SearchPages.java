package io.mlconnector.testkit.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The answer to a search: what the lagging index holds, page by page. */
final class SearchPages {

    static final Schema SCHEMA = Schema.of(
            Parameter.required("query", Types.text(5000)),
            Parameter.optional("limit", Types.integer(1, 100)),
            Parameter.optional("page", Types.text(500)));

    private static final String PAGE_TOKEN = "page_";

    private SearchPages() {}

    static ObjectNode page(World world, Kind kind, Invocation call) {
        SearchQuery query = SearchQuery.parse(kind, call.params().path("query").asText());
        List<ObjectNode> found = world.searchIndex().newestFirst(kind).stream()
                .filter(query::matches)
                .toList();
        int start = start(call);
        int end = Math.min(found.size(), start + Lists.limit(call));
        boolean more = end < found.size();
        List<ObjectNode> page = start >= end
                ? List.of()
                : found.subList(start, end).stream().map(ObjectNode::deepCopy).toList();
        ObjectNode answer = Lists.envelope("search_result", page, more, call.path());
        answer.put("next_page", more ? PAGE_TOKEN + end : null);
        return answer;
    }

    private static int start(Invocation call) {
        String token = call.text("page");
        if (token == null) {
            return 0;
        }
        try {
            return Integer.parseInt(token.substring(PAGE_TOKEN.length()));
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw StripeRefusal.parameter(null, "page", "Invalid page token: " + token);
        }
    }
}
