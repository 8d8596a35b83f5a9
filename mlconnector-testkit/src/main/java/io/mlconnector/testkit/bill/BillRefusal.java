package io.mlconnector.testkit.bill;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.List;

/** An error of BILL's: an array, also of one. */
final class BillRefusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient List<Entry> entries;

    record Entry(String code, String message) {}

    BillRefusal(int status, String code, String message) {
        this(status, List.of(new Entry(code, message)));
    }

    BillRefusal(int status, List<Entry> entries) {
        super(entries.toString(), null, false, false);
        this.status = status;
        this.entries = List.copyOf(entries);
    }

    static BillRefusal field(String message) {
        return new BillRefusal(400, "BDC_1002", message);
    }

    Reply reply(Instant now) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (Entry entry : entries) {
            array.addObject()
                    .put("timestamp", Times.text(now))
                    .put("code", entry.code())
                    .put("severity", "ERROR")
                    .put("category", "REQUEST")
                    .put("message", entry.message());
        }
        return Reply.json(status, array);
    }
}
