package io.mlconnector.engine.simulation;

import io.mlconnector.engine.Sum;
import io.mlconnector.model.BusinessRecord;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Change;
import io.mlconnector.spi.Page;
import io.mlconnector.spi.Position;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the sources of a process have delivered in the running pass of each flow. */
final class Deliveries {

    private final Map<String, Sum> sums = new HashMap<>();
    private final Map<String, Map<Position, Map<RecordKey, Change<?>>>> pages = new HashMap<>();

    void begin(String flow) {
        sums.put(flow, Sum.NOTHING);
        pages.put(flow, new HashMap<>());
    }

    void add(String flow, Page<?> page) {
        var last = new LinkedHashMap<RecordKey, Change<?>>();
        for (Change<?> change : page.changes()) {
            last.put(change.key(), change);
            sums.merge(flow, sum(change.record()), Sum::plus);
        }
        pages.computeIfAbsent(flow, name -> new HashMap<>()).put(page.next(), last);
    }

    private static Sum sum(@Nullable BusinessRecord record) {
        var money = new TreeMap<String, BigDecimal>();
        if (record != null) {
            record.bookValue().ifPresent(amount -> money.put(amount.currency(), amount.amount()));
        }
        return new Sum(1, money);
    }

    Sum of(String flow) {
        return sums.getOrDefault(flow, Sum.NOTHING);
    }

    /** The last change of each record of the page that ends there. */
    @Nullable Map<RecordKey, Change<?>> pageUpTo(String flow, Position position) {
        return pages.getOrDefault(flow, Map.of()).get(position);
    }
}
