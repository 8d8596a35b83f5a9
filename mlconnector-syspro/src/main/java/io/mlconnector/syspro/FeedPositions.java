package io.mlconnector.syspro;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlconnector.http.FrontierException;
import io.mlconnector.spi.Position;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How far each feed of a source was read, and whose turn it is. A feed that is new, because columns have come or the
 * configuration has changed, starts from its start.
 *
 * @param turn the name of the feed to poll next
 * @param at the name of a feed to its position
 */
record FeedPositions(String turn, Map<String, String> at) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static FeedPositions read(Position position, List<Feed> feeds) {
        List<String> names = feeds.stream().map(Feed::name).toList();
        var at = new LinkedHashMap<String, String>();
        names.forEach(name -> at.put(name, ""));
        String turn = names.get(0);
        if (!position.isStart()) {
            JsonNode json = parse(position);
            for (String name : names) {
                at.put(name, json.path("at").path(name).asText(""));
            }
            String saved = json.path("turn").asText("");
            turn = names.contains(saved) ? saved : turn;
        }
        return new FeedPositions(turn, at);
    }

    private static JsonNode parse(Position position) {
        try {
            JsonNode json = JSON.readTree(position.value());
            if (json.path("at").isObject()) {
                return json;
            }
        } catch (JsonProcessingException e) {
            throw unreadable(position);
        }
        throw unreadable(position);
    }

    FeedPositions after(String feed, String position, String nextTurn) {
        var moved = new LinkedHashMap<>(at);
        moved.put(feed, position);
        return new FeedPositions(nextTurn, moved);
    }

    Position toPosition() {
        ObjectNode json = JSON.createObjectNode().put("turn", turn);
        ObjectNode positions = json.putObject("at");
        at.forEach(positions::put);
        return new Position(json.toString());
    }

    private static FrontierException unreadable(Position position) {
        return new FrontierException("not a position of a SYSPRO source: " + XmlText.clipped(position.value(), 120));
    }
}
