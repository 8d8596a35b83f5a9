package io.mlconnector.stampli;

import static java.util.Objects.requireNonNull;

import io.mlconnector.model.BusinessRecord;
import io.mlconnector.model.PurchaseOrder;
import io.mlconnector.spi.ConnectorContext;
import io.mlconnector.spi.Settings;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the settings of all entities and puts together what reads them. */
final class Desks {

    /** Entities to what Stampli's directories and files call them. */
    static final Map<String, String> TITLES = titles();

    private final ConnectorContext context;
    private final SftpClient client;
    private final Map<String, FileDesk<?>> all = new LinkedHashMap<>();

    private Desks(ConnectorContext context, SftpClient client) {
        this.context = context;
        this.client = client;
    }

    private static Map<String, String> titles() {
        var titles = new LinkedHashMap<String, String>();
        titles.put(VendorMapping.ENTITY, "vendors");
        titles.put(OrderMapping.ENTITY, "purchase_orders");
        titles.put(BillMapping.ENTITY, "invoices");
        return Collections.unmodifiableMap(titles);
    }

    static boolean isStatus(String entity, String word) {
        List<? extends Enum<?>> known = switch (entity) {
            case BillMapping.ENTITY -> List.of(BillStatus.values());
            case VendorMapping.ENTITY -> List.of(VendorMapping.Status.values());
            default -> List.of();
        };
        return known.stream().anyMatch(status -> status.name().equals(word));
    }

    static Map<String, Settings> entities(Settings settings) {
        Settings section = settings.section("entities");
        var entities = new LinkedHashMap<String, Settings>();
        TITLES.keySet().forEach(entity -> entities.put(entity, section.section(entity)));
        return entities;
    }

    @SuppressWarnings("unchecked") // the contract of purchase orders is one of purchase orders
    static Desks read(Settings settings, StampliSettings read, ConnectorContext context) {
        Desks desks = new Desks(context, new SftpClient(context.connection(), read));
        Map<String, Settings> entities = entities(settings);
        Contracts contracts = Contracts.read(settings, entities, context.connection(), context.clock());
        var rules = new LinkedHashMap<String, FileRules>();
        TITLES.forEach((entity, title) ->
                rules.put(entity, FileRules.read(requireNonNull(entities.get(entity)), settings, title)));
        Corrections corrections = settings.choice("corrections", Corrections.REJECT);
        int pageSize = settings.integer("pageSize", 500, 1, 10_000);
        var contract = (FileContract<PurchaseOrder>) requireNonNull(contracts.all().get(OrderMapping.ENTITY));
        CsvStyle orderStyle = requireNonNull(contracts.styles().get(OrderMapping.ENTITY));
        FileRules orderRules = requireNonNull(rules.get(OrderMapping.ENTITY));
        var orders = new OrderFiles(
                settings.flag("checkOrders", true),
                orderRules,
                contract,
                new FileFormat(contract, orderStyle, orderRules.mostUnpacked()));
        contracts
                .all()
                .forEach((entity, each) -> desks.add(
                        entity,
                        each,
                        requireNonNull(contracts.styles().get(entity)),
                        requireNonNull(rules.get(entity)),
                        orders,
                        corrections,
                        read,
                        pageSize));
        return desks;
    }

    private <T extends BusinessRecord> void add(
            String entity,
            FileContract<T> contract,
            CsvStyle style,
            FileRules rules,
            OrderFiles orders,
            Corrections corrections,
            StampliSettings settings,
            int pageSize) {
        String styleHash = styleHash(contract, style, rules);
        all.put(
                entity,
                new FileDesk<>(
                        client,
                        rules,
                        contract,
                        new FileFormat(contract, style, rules.mostUnpacked()),
                        new Inbox(context.connection(), rules, styleHash, settings.node(), context.clock()),
                        new Filing(context.connection(), rules),
                        orders,
                        corrections,
                        settings,
                        styleHash,
                        pageSize,
                        context.clock()));
    }

    private static String styleHash(FileContract<?> contract, CsvStyle style, FileRules rules) {
        String text = contract.mapping().lineage().fingerprint()
                + style.aliases().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .toList()
                + Arrays.asList(
                        style.separator(),
                        style.charset(),
                        style.fallback(),
                        style.decimals(),
                        style.dates().patterns(),
                        rules.mostBytes(),
                        rules.mostUnpacked());
        byte[] hash = Spool.digest().digest(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash, 0, 8);
    }

    StampliConnector connector() {
        return new StampliConnector(context, client, Collections.unmodifiableMap(all));
    }
}
