package io.mlconnector.stripe;

import com.google.gson.JsonObject;
import io.mlconnector.model.Payment;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Change;
import io.mlconnector.spi.Lineage;
import io.mlconnector.spi.Malformed;
import io.mlconnector.spi.MappingException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads payments. A record is a row of {@code /v1/invoice_payments}, or the payment intent where no row claims its money, or the charge
 * where there is no intent.
 */
final class PaymentReader implements Reader<Payment> {

    private static final List<String> EVENTS = List.of(
            "invoice_payment.paid",
            "invoice.paid",
            "payment_intent.succeeded",
            "payment_intent.processing",
            "payment_intent.payment_failed",
            "payment_intent.canceled",
            "charge.succeeded",
            "charge.updated");
    private static final String CHARGES = "/v1/charges";
    private static final String MOVEMENT = "balance_transaction";
    private static final Pattern INVOICE = Pattern.compile("in_[A-Za-z0-9]{14,}");

    /** The row of an invoice's payment comes with the invoice, so it can only be moments late. */
    private static final Duration ROWS_COME_WITHIN = Duration.ofHours(1);

    private final StripeApi api;
    private final PaymentMapping mapping;
    private final IntentPayments intents;
    private final ChargeFees fees;
    private final RemoteClock clock;

    PaymentReader(String connection, StripeApi api, PaymentMapping mapping, RemoteClock clock) {
        this.api = api;
        this.mapping = mapping;
        this.intents = new IntentPayments(connection, mapping);
        this.fees = new ChargeFees(api);
        this.clock = clock;
    }

    @Override
    public Class<Payment> type() {
        return Payment.class;
    }

    @Override
    public List<String> events() {
        return EVENTS;
    }

    @Override
    public List<Listing> lists() {
        return List.of(
                new Listing(InvoiceRows.PATH, InvoiceRows.query()),
                new Listing(CHARGES, Map.of("expand", List.of("data." + MOVEMENT, "data.payment_intent"))));
    }

    @Override
    public Found<Payment> listed(Listing list, List<JsonObject> objects) {
        var batch = new Batch();
        for (JsonObject object : objects) {
            if (list.path().equals(CHARGES)) {
                listedCharge(object, batch);
            } else {
                row(object, batch);
            }
        }
        return batch.payments();
    }

    @Override
    public Found<Payment> hinted(List<Hint> hints) {
        return hinted(hints, new Batch()).payments();
    }

    /** The fees are left out. */
    @Override
    public Found<Payment> affected(Hint hint) {
        return hinted(List.of(hint), new Batch()).withoutFees();
    }

    private Batch hinted(List<Hint> hints, Batch batch) {
        var intentIds = new LinkedHashSet<String>();
        for (Hint hint : hints) {
            switch (hint.object()) {
                case Hint.INTENT -> intentIds.add(hint.id());
                case "invoice_payment" -> readRow(hint.id()).ifPresent(row -> row(row, batch));
                case "charge" -> readCharge(hint.id()).ifPresent(charge -> charge(charge, batch));
                default -> {
                    // an invoice, below
                }
            }
        }
        intentIds.forEach(id -> batch.read(id, hints));
        for (Hint hint : hints) {
            if (hint.object().equals("invoice") && !batch.pays(hint.id())) {
                batch.rows.ofInvoice(hint.id()).forEach(row -> paidRow(row, batch, hints));
            }
        }
        return batch;
    }

    @Override
    public Optional<Change<Payment>> fetch(String id) {
        var batch = new Batch();
        RecordKey key = intents.key(id);
        if (id.startsWith("inpay_")) {
            readRow(id).ifPresent(row -> row(row, batch));
        } else if (id.startsWith("pi_")) {
            batch.read(id, List.of());
            Found<Payment> found = batch.payments();
            return batch.empty() ? Optional.empty() : Optional.of(found.one(key).orElseGet(() -> Change.delete(key)));
        } else if (id.startsWith("ch_") || id.startsWith("py_")) {
            readCharge(id)
                    .filter(charge -> Wire.text(charge, Hint.INTENT) == null)
                    .ifPresent(charge -> charge(charge, batch));
        }
        return batch.payments().one(key);
    }

    @Override
    public Lineage lineage() {
        return mapping.rules().lineage();
    }

    private Optional<JsonObject> readRow(String id) {
        List<String> expanded = List.of("invoice", "payment.payment_intent.latest_charge." + MOVEMENT);
        return api.read(StripeApi.path("invoice_payments", id), Map.of("expand", expanded));
    }

    private Optional<JsonObject> readCharge(String id) {
        return api.read(StripeApi.path("charges", id), Map.of("expand", List.of(MOVEMENT)));
    }

    /** A row with everything inside. Alone it will do only if it claims all the money of its charge. */
    private void row(JsonObject row, Batch batch) {
        try {
            readableRow(row, batch);
        } catch (MappingException e) {
            batch.found.add(new Malformed(intents.key(Wire.id(row)), row.toString(), e.faults()));
        }
    }

    private void readableRow(JsonObject row, Batch batch) {
        JsonObject intent = Wire.object(row, "payment", Hint.INTENT);
        String charge = Wire.reference(row, "payment", "charge");
        if (intent != null) {
            JsonObject latest = Wire.object(intent, "latest_charge");
            boolean whole = Wire.flag(row, "is_default")
                    && (latest == null || Wire.number(latest, "amount") == IntentPayments.amount(row));
            if (whole) {
                batch.add(intent, List.of(row));
            } else {
                batch.read(Wire.id(intent), List.of());
            }
        } else if (charge != null) {
            readCharge(charge).ifPresent(found -> charge(found, batch));
        } else {
            batch.found.addAll(intents.ofOther(row));
        }
    }

    private void paidRow(JsonObject row, Batch batch, List<Hint> hints) {
        String intent = Wire.text(row, "payment", Hint.INTENT);
        if (intent != null) {
            batch.read(intent, hints);
        } else {
            readRow(Wire.id(row)).ifPresent(whole -> row(whole, batch));
        }
    }

    private void charge(JsonObject charge, Batch batch) {
        String intent = Wire.reference(charge, Hint.INTENT);
        if (intent != null) {
            batch.read(intent, List.of());
        } else {
            batch.found.addAll(intents.ofCharge(charge));
        }
    }

    /** The rows were listed before, so of the charges those count that no invoice made. */
    private void listedCharge(JsonObject charge, Batch batch) {
        JsonObject intent = Wire.object(charge, Hint.INTENT);
        if (intent == null) {
            charge(charge, batch);
        } else if (!ofAnInvoice(intent)
                && !"failed".equals(Wire.text(charge, "status"))
                && Wire.id(charge).equals(Wire.text(intent, "latest_charge"))) {
            JsonObject whole = intent.deepCopy();
            whole.add("latest_charge", charge);
            batch.add(whole, batch.rows.of(Wire.id(intent)));
        }
    }

    private static boolean ofAnInvoice(JsonObject intent) {
        String reference = Wire.text(intent, "payment_details", "order_reference");
        return reference != null && INVOICE.matcher(reference).matches();
    }

    private boolean mayStillGetRows(JsonObject intent, @Nullable JsonObject charge) {
        Instant made = Instant.ofEpochSecond(Wire.number(charge, "created"));
        return ofAnInvoice(intent) && clock.now().isBefore(made.plus(ROWS_COME_WITHIN));
    }

    /** The intents of one page. */
    private final class Batch {

        private final Found<Payment> found = new Found<>();
        private final InvoiceRows rows = new InvoiceRows(api);
        private final Map<String, JsonObject> read = new LinkedHashMap<>();
        private final Map<String, List<JsonObject>> rowsRead = new LinkedHashMap<>();
        private final Set<String> invoices = new HashSet<>();

        /** Reads an intent. While its invoice is yet to show it, the hints wait. */
        void read(String id, List<Hint> hints) {
            if (read.containsKey(id)) {
                return;
            }
            List<JsonObject> its = rows.of(id);
            if (!its.isEmpty()) {
                JsonObject intent = Wire.object(its.get(0), "payment", Hint.INTENT);
                if (intent != null) {
                    add(intent, its);
                }
                return;
            }
            List<String> expanded = List.of("latest_charge." + MOVEMENT);
            api.read(StripeApi.path("payment_intents", id), Map.of("expand", expanded))
                    .ifPresent(intent -> {
                        JsonObject charge = Wire.object(intent, "latest_charge");
                        if (charge != null && mayStillGetRows(intent, charge)) {
                            hints.stream().filter(hint -> hint.id().equals(id)).forEach(found::postpone);
                        } else {
                            add(intent, its);
                        }
                    });
        }

        void add(JsonObject intent, List<JsonObject> its) {
            read.put(Wire.id(intent), intent);
            rowsRead.put(Wire.id(intent), its);
            its.forEach(row -> invoices.add(String.valueOf(Wire.reference(row, "invoice"))));
        }

        boolean empty() {
            return read.isEmpty();
        }

        boolean pays(String invoice) {
            return invoices.contains(invoice);
        }

        Found<Payment> payments() {
            var charges = new ArrayList<JsonObject>();
            for (JsonObject intent : read.values()) {
                JsonObject charge = Wire.object(intent, "latest_charge");
                if (charge != null) {
                    charges.add(charge);
                }
            }
            fees.addTo(charges);
            return withoutFees();
        }

        Found<Payment> withoutFees() {
            read.forEach((id, intent) -> found.addAll(
                    intents.of(intent, Wire.object(intent, "latest_charge"), rowsRead.getOrDefault(id, List.of()))));
            return found;
        }
    }
}
