package io.mlconnector.ifs;

import io.mlconnector.spi.Finding;
import io.mlconnector.spi.MlConnectorException;
import java.util.List;
import java.util.Map;

/** Looks at the history log of one set: whether it can be read, and whether it holds anything. Throws nothing. */
final class HistoryCheck {

    private final ODataClient client;
    private final MetadataCache metadata;
    private final IfsSettings settings;

    HistoryCheck(ODataClient client, MetadataCache metadata, IfsSettings settings) {
        this.client = client;
        this.metadata = metadata;
        this.settings = settings;
    }

    List<Finding> run(HistorySettings history, EntitySet logged) {
        String subject = history.path() + "(" + logged.role().title() + ")";
        if (logged.lu().isEmpty()) {
            String setting = "entities." + logged.role().title() + ".lu ";
            return List.of(Finding.failed(subject, setting + EntitySet.LU_NEEDED));
        }
        try {
            var log = new HistoryLog(client, metadata, history, logged, settings.company());
            String fault = fault(log);
            return List.of(fault.isEmpty() ? entries(subject, log) : Finding.failed(subject, fault));
        } catch (MlConnectorException e) {
            return List.of(Finding.failed(subject, String.valueOf(e.getMessage())));
        }
    }

    private String fault(HistoryLog log) {
        SetPath path = log.reader().path();
        ServiceMetadata service = metadata.of(path);
        if (!service.sets().contains(path.set())) {
            return "set " + path.set() + " not found in projection " + path.projection() + "; found: "
                    + String.join(", ", service.sets());
        }
        Map<String, String> columns = service.columns(path.set()).orElse(Map.of());
        List<String> missing = log.columns().stream()
                .filter(column -> !columns.containsKey(column))
                .toList();
        if (!missing.isEmpty()) {
            return "no such columns: " + String.join(", ", missing) + "; found: " + String.join(", ", columns.keySet())
                    + "; name others in history";
        }
        String type = columns.get(log.settings().timeColumn());
        return "Edm.DateTimeOffset".equals(type)
                ? ""
                : log.settings().timeColumn() + " must be Edm.DateTimeOffset and is " + type
                        + "; name another in history.timeColumn";
    }

    private Finding entries(String subject, HistoryLog log) {
        SetReader reader = log.reader();
        String unit = log.logged().lu();
        if (reader.rows(List.of(), List.of(), 1, 0).isEmpty()) {
            return Finding.warning(
                    subject,
                    "holds no entry of " + unit
                            + ": history logging of this logical unit may be off, and then no change"
                            + " is ever found");
        }
        new KeysetFeed(reader, settings.overlap(), settings.pageSize()).verify();
        return Finding.ok(subject, "holds entries of " + unit + " and can be read");
    }
}
