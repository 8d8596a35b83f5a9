package io.mlconnector.cloudsuite;

import io.mlconnector.cloudsuite.CloudSuiteSettings.Preset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the adapter asks of M3, and which transaction does it by default. */
enum Task {
    CUSTOMERS_LIST("customers.list", "CRS610MI/LstByNumber", "CRS610MI/LstByNumber"),
    SERVER_TIME("customers.time", "CRS610MI/GetServerTime", "CRS610MI/GetServerTime"),
    INVOICES_LIST("invoices.list", "APS100MI/LstInvoices", "ARS200MI/LstInvByDivi"),
    INVOICES_GET("invoices.get", "APS100MI/GetInvTotInfo", "ARS200MI/GetInvTotInfo"),
    INVOICES_SEARCH("invoices.search", "APS100MI/SearchInvoices", "ARS200MI/SearchInvoices"),
    INVOICES_LINES("invoices.lines", "APS100MI/LstInvLine", "OIS350MI/LstInvLine"),
    INVOICES_VOUCHER("invoices.voucher", "GLS200MI/LstVoucherLines", "GLS200MI/LstVoucherLines"),
    PAYMENTS_HEAD("payments.head", "", "ARS040MI/AddBatchHead"),
    PAYMENTS_LINE("payments.line", "APS110MI/Add", "ARS040MI/AddBatchLine"),
    PAYMENTS_CHARGE("payments.charge", "APS110MI/AddCharge", "ARS040MI/AddBatchCharge"),
    PAYMENTS_CHECK("payments.check", "", "ARS040MI/ControlBatch"),
    PAYMENTS_UPDATE("payments.update", "", ""),
    PAYMENTS_FIND("payments.find", "APS110MI/LstPayments", "CMS100MI/LstMlcPayments"),
    ACCOUNTS_GET("accounts.get", "CRS630MI/GetAccountID", "CRS630MI/GetAccountID");

    private static final Map<String, List<Task>> USED = Map.of(
            CloudSuiteConnector.CUSTOMERS, List.of(CUSTOMERS_LIST, SERVER_TIME),
            CloudSuiteConnector.INVOICES, List.of(INVOICES_LIST, INVOICES_GET, INVOICES_LINES, INVOICES_VOUCHER));
    private static final List<Task> USED_BY_MONEY = List.of(
            INVOICES_GET,
            INVOICES_SEARCH,
            PAYMENTS_HEAD,
            PAYMENTS_LINE,
            PAYMENTS_CHARGE,
            PAYMENTS_CHECK,
            PAYMENTS_UPDATE,
            PAYMENTS_FIND,
            ACCOUNTS_GET);

    private final String title;
    private final String aps;
    private final String ars;

    Task(String title, String aps, String ars) {
        this.title = title;
        this.aps = aps;
        this.ars = ars;
    }

    String title() {
        return title;
    }

    Optional<MiTransaction> by(Preset preset) {
        return MiTransaction.parse(preset == Preset.APS ? aps : ars);
    }

    /** What an entity needs. */
    static List<Task> usedBy(String entity) {
        return USED.getOrDefault(entity, USED_BY_MONEY);
    }

    static Optional<Task> named(String title) {
        for (Task task : values()) {
            if (task.title.equals(title)) {
                return Optional.of(task);
            }
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return title.toLowerCase(Locale.ROOT);
    }
}
