package io.mlconnector.ifs;

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
 * How far each feed of a source was read, and whose turn it is. A feed that the configuration adds later starts from its
 * start.
 *
 * @param turn the name of the feed to poll next
 * @param at the name of a feed to its position
 */
record FeedPositions(String turn, Map<String, String> at) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static FeedPositions read(Position position, List<Feed> feeds) {
        var at = new LinkedHashMap<String, String>();
        String turn = "";
        if (!position.isStart()) {
            try {
                JsonNode json = JSON.readTree(position.value());
                if (!json.path("at").isObject()) {
                    throw unreadable(position);
                }
                turn = json.path("turn").asText("");
                json.path("at")
                        .properties()
                        .forEach(
                                entry -> at.put(entry.getKey(), entry.getValue().asText()));
            } catch (JsonProcessingException e) {
                throw unreadable(position);
            }
        }
        at.keySet().retainAll(feeds.stream().map(Feed::name).toList());
        for (Feed feed : feeds) {
            if (!at.containsKey(feed.name())) {
                at.put(feed.name(), feed.start());
            }
        }
        return new FeedPositions(at.containsKey(turn) ? turn : feeds.get(0).name(), at);
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
        String text = position.value();
        return new FrontierException(
                "not a position of an IFS source: " + (text.length() <= 120 ? text : text.substring(0, 120) + "…"));
    }
}
