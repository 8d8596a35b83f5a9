package io.mlconnector.stripe;

import static java.util.Objects.requireNonNull;

import com.google.gson.JsonObject;
import com.stripe.exception.StripeException;
import com.stripe.model.CreditNote;
import com.stripe.model.CreditNoteCollection;
import com.stripe.model.CreditNoteLineItem;
import com.stripe.model.CreditNoteLineItemCollection;
import com.stripe.model.Customer;
import com.stripe.model.CustomerCollection;
import com.stripe.model.CustomerSearchResult;
import com.stripe.model.HasId;
import com.stripe.model.Invoice;
import com.stripe.model.InvoiceCollection;
import com.stripe.model.InvoiceLineItem;
import com.stripe.model.InvoiceLineItemCollection;
import com.stripe.model.InvoiceSearchResult;
import com.stripe.model.Price;
import com.stripe.model.PriceCollection;
import com.stripe.model.StripeCollection;
import com.stripe.model.StripeObject;
import com.stripe.model.StripeRawJsonObject;
import com.stripe.model.StripeSearchResult;
import com.stripe.model.TaxId;
import com.stripe.model.TaxIdCollection;
import com.stripe.net.ApiRequest;
import com.stripe.net.ApiResource;
import com.stripe.net.ApiResource.RequestMethod;
import com.stripe.net.BaseAddress;
import com.stripe.net.LiveStripeResponseGetter;
import com.stripe.net.RequestOptions;
import com.stripe.net.StripeResponseGetter;
import io.mlconnector.http.OutcomeUnknownException;
import io.mlconnector.spi.MlConnectorException;
import io.mlconnector.spi.MlConnectorException.Details;
import io.mlconnector.spi.UnavailableException;
import io.mlconnector.stripe.Attempt.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The calls in use. Faults of Stripe are {@link StripeRefusedException}; a write that is not surely undone is an
 * {@link OutcomeUnknownException}. Nothing of the SDK leaves this class but what the {@code Remote…} records copy.
 */
final class StripeApi {

    private static final int PAGE = 100;
    private static final int MOST_KEYS = 4;
    /** Enough to tell one from several. */
    private static final int SEARCHED = 10;

    private final String connection;
    private final StripeResponseGetter sdk;

    StripeApi(String connection, String baseUrl, StripeTransport transport) {
        this.connection = connection;
        this.sdk = new LiveStripeResponseGetter(new SdkOptions(baseUrl), transport);
    }

    RemoteCustomer createCustomer(Map<String, Object> parameters, Step step) {
        return post("/v1/customers", parameters, step, Customer.class, RemoteCustomer::of);
    }

    RemoteCustomer updateCustomer(String id, Map<String, Object> parameters, Step step) {
        return post(customer(id), parameters, step, Customer.class, RemoteCustomer::of);
    }

    /** Returns the customer, empty if there is none, or none any more. */
    Optional<RemoteCustomer> customerById(String id) {
        return orMissing(() -> get(
                customer(id),
                Map.of(),
                Customer.class,
                it -> Boolean.TRUE.equals(it.getDeleted()) ? Optional.empty() : Optional.of(RemoteCustomer.of(it))));
    }

    /** Returns customers, newest first, until one is not wanted any more. */
    List<RemoteCustomer> customers(Map<String, Object> filter, Predicate<RemoteCustomer> goOn) {
        return pages("/v1/customers", filter, CustomerCollection.class, RemoteCustomer::of, goOn);
    }

    /** Returns what search shows, which may be an hour old. */
    List<RemoteCustomer> searchCustomers(String query) {
        return search("/v1/customers/search", query, CustomerSearchResult.class, RemoteCustomer::of);
    }

    List<RemoteTaxId> taxIds(String customer) {
        return pages(customer(customer) + "/tax_ids", Map.of(), TaxIdCollection.class, RemoteTaxId::of, all -> true);
    }

    void createTaxId(String customer, Map<String, Object> parameters, Step step) {
        post(customer(customer) + "/tax_ids", parameters, step, TaxId.class, RemoteTaxId::of);
    }

    void deleteTaxId(String customer, String id, Attempt attempt) {
        delete(customer(customer) + "/tax_ids/" + encoded(id), attempt, TaxId.class);
    }

    RemoteInvoice createInvoice(Map<String, Object> parameters, Step step) {
        return post("/v1/invoices", parameters, step, Invoice.class, RemoteInvoice::of);
    }

    RemoteInvoice updateInvoice(String id, Map<String, Object> parameters, Step step) {
        return post(invoice(id), parameters, step, Invoice.class, RemoteInvoice::of);
    }

    /** Posts to an action of an invoice, such as {@code add_lines}. */
    RemoteInvoice invoiceAction(String id, String action, Map<String, Object> parameters, Step step) {
        return post(invoice(id) + "/" + action, parameters, step, Invoice.class, RemoteInvoice::of);
    }

    Optional<RemoteInvoice> invoiceById(String id) {
        return orMissing(() -> get(
                invoice(id),
                Map.of(),
                Invoice.class,
                it -> Boolean.TRUE.equals(it.getDeleted()) ? Optional.empty() : Optional.of(RemoteInvoice.of(it))));
    }

    List<RemoteInvoice> invoices(Map<String, Object> filter, Predicate<RemoteInvoice> goOn) {
        return pages("/v1/invoices", filter, InvoiceCollection.class, RemoteInvoice::of, goOn);
    }

    /** Returns what search shows, which may be an hour old. */
    List<RemoteInvoice> searchInvoices(String query) {
        return search("/v1/invoices/search", query, InvoiceSearchResult.class, RemoteInvoice::of);
    }

    /** Returns all lines; an invoice itself shows the first ten. */
    List<RemoteLine> lines(RemoteInvoice invoice) {
        return invoice.moreLines()
                ? pages(
                        invoice(invoice.id()) + "/lines",
                        Map.of(),
                        InvoiceLineItemCollection.class,
                        (InvoiceLineItem line) -> RemoteLine.of(line),
                        all -> true)
                : invoice.firstLines();
    }

    /** Deletes a draft; one that is gone already is no fault. */
    void deleteDraft(String id, Attempt attempt) {
        delete(invoice(id), attempt, Invoice.class);
    }

    List<RemoteCreditNote> creditNotes(String invoice) {
        return pages(
                        "/v1/credit_notes",
                        Map.of("invoice", invoice),
                        CreditNoteCollection.class,
                        (CreditNote note) -> RemoteCreditNote.of(note),
                        all -> true)
                .stream()
                .map(note -> note.moreLines() ? note.withLines(creditNoteLines(note.id())) : note)
                .toList();
    }

    void createCreditNote(Map<String, Object> parameters, Step step) {
        post("/v1/credit_notes", parameters, step, CreditNote.class, RemoteCreditNote::of);
    }

    List<RemotePrice> activePrices(String lookupKey) {
        Map<String, Object> filter = Map.of("active", true, "lookup_keys", List.of(lookupKey));
        return pages("/v1/prices", filter, PriceCollection.class, RemotePrice::of, all -> true);
    }

    RemotePrice createPrice(Map<String, Object> parameters, Step step) {
        return post("/v1/prices", parameters, step, Price.class, RemotePrice::of);
    }

    void archivePrice(String id, Step step) {
        post("/v1/prices/" + encoded(id), Map.of("active", false), step, Price.class, RemotePrice::of);
    }

    /** Reads a list and drops it: is it there, and are we allowed? */
    void peek(String path, Map<String, Object> query) {
        get(path, query, CustomerCollection.class, CustomerCollection::getData);
    }

    /** Returns an object as it is on the wire; empty if there is none, or none any more. */
    Optional<JsonObject> read(String path, Map<String, Object> query) {
        return orMissing(() -> get(path, query, StripeRawJsonObject.class, it -> Optional.of(json(it))))
                .filter(it -> !Wire.flag(it, "deleted"));
    }

    /** Returns one page of a list as it is on the wire. */
    Slice list(String path, Map<String, Object> query) {
        return get(path, query, StripeRawJsonObject.class, Slice::of);
    }

    /** Returns a whole list as it is on the wire. */
    List<JsonObject> all(String path, Map<String, Object> query) {
        var all = new ArrayList<JsonObject>();
        Map<String, Object> next = new LinkedHashMap<>(query);
        next.put("limit", PAGE);
        while (true) {
            Slice slice = list(path, next);
            all.addAll(slice.objects());
            if (!slice.more()) {
                return all;
            }
            next.put("starting_after", Wire.id(all.get(all.size() - 1)));
        }
    }

    private static JsonObject json(StripeRawJsonObject answer) {
        return requireNonNull(answer.getRawJsonObject(), "body");
    }

    static String path(String collection, String id) {
        return "/v1/" + collection + "/" + encoded(id);
    }

    private List<RemoteCreditNote.Line> creditNoteLines(String note) {
        return pages(
                "/v1/credit_notes/" + encoded(note) + "/lines",
                Map.of(),
                CreditNoteLineItemCollection.class,
                (CreditNoteLineItem line) -> RemoteCreditNote.Line.of(line),
                all -> true);
    }

    private <T extends HasId, R> List<R> pages(
            String path,
            Map<String, Object> filter,
            Class<? extends StripeCollection<T>> type,
            Function<T, R> copy,
            Predicate<R> goOn) {
        var found = new ArrayList<R>();
        Map<String, Object> query = new LinkedHashMap<>(filter);
        query.put("limit", PAGE);
        while (true) {
            Rows<R> page = get(path, query, type, list -> Rows.of(list, copy));
            for (R row : page.rows()) {
                if (!goOn.test(row)) {
                    return found;
                }
                found.add(row);
            }
            if (page.lastId() == null) {
                return found;
            }
            query.put("starting_after", page.lastId());
        }
    }

    private <T extends HasId, R> List<R> search(
            String path, String query, Class<? extends StripeSearchResult<T>> type, Function<T, R> copy) {
        Map<String, Object> parameters = Map.of("query", query, "limit", SEARCHED);
        return get(
                path,
                parameters,
                type,
                found -> found.getData().stream().map(copy).toList());
    }

    private <T extends StripeObject, R> R get(
            String path, Map<String, Object> query, Class<? extends T> type, Function<T, R> copy) {
        try {
            return request(RequestMethod.GET, path, query, RequestOptions.getDefault(), type, copy);
        } catch (Unreadable e) {
            throw new UnavailableException(
                    connection + ": GET " + path + ": " + e.getMessage(), Details.of(connection, "GET " + path), e);
        }
    }

    private <T extends StripeObject, R> R post(
            String path, Map<String, Object> body, Step step, Class<T> type, Function<T, R> copy) {
        for (int number = 1; ; number++) {
            RequestOptions options =
                    RequestOptions.builder().setIdempotencyKey(step.key(number)).build();
            try {
                R answer = write(RequestMethod.POST, path, body, options, type, copy);
                step.attempt().took("POST " + path);
                return answer;
            } catch (StripeRefusedException e) {
                if (!step.stateIsKnown() || !e.keySpent() || number == MOST_KEYS) {
                    throw e;
                }
                // What was read in this run shows that the earlier call had no effect, and it ended long ago.
            }
        }
    }

    private <T extends StripeObject> void delete(String path, Attempt attempt, Class<T> type) {
        try {
            write(RequestMethod.DELETE, path, Map.of(), RequestOptions.getDefault(), type, gone -> true);
        } catch (StripeRefusedException e) {
            if (!e.missing()) {
                throw e;
            }
        }
        attempt.took("DELETE " + path);
    }

    private <T extends StripeObject, R> R write(
            RequestMethod method,
            String path,
            Map<String, Object> body,
            RequestOptions options,
            Class<T> type,
            Function<T, R> copy) {
        try {
            return request(method, path, body, options, type, copy);
        } catch (Unreadable e) {
            String operation = method + " " + path;
            throw new OutcomeUnknownException(
                    connection + ": " + operation + ": " + e.getMessage(), Details.of(connection, operation), e);
        }
    }

    /** The SDK throws whatever comes to it on a body that is not Stripe's, and so does a copy of an object without its fields. */
    private <T extends StripeObject, R> R request(
            RequestMethod method,
            String path,
            Map<String, Object> parameters,
            RequestOptions options,
            Class<? extends T> type,
            Function<T, R> copy) {
        try {
            T answer = sdk.request(new ApiRequest(BaseAddress.API, method, path, parameters, options), type);
            return copy.apply(answer);
        } catch (MlConnectorException | StripeRefusedException e) {
            throw e;
        } catch (StripeException | RuntimeException e) {
            throw new Unreadable(e);
        }
    }

    private static <T> Optional<T> orMissing(Supplier<Optional<T>> read) {
        try {
            return read.get();
        } catch (StripeRefusedException e) {
            if (e.missing()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static String customer(String id) {
        return "/v1/customers/" + encoded(id);
    }

    private static String invoice(String id) {
        return "/v1/invoices/" + encoded(id);
    }

    private static String encoded(String id) {
        return ApiResource.urlEncode(id);
    }

    /** A page as it is on the wire, and whether more follow. */
    record Slice(List<JsonObject> objects, boolean more) {

        static Slice of(StripeRawJsonObject answer) {
            JsonObject page = json(answer);
            List<JsonObject> objects = Wire.objects(page, "data");
            if (!"list".equals(Wire.text(page, "object"))) {
                throw new IllegalStateException("not a list");
            }
            objects.forEach(Wire::id);
            return new Slice(objects, Wire.flag(page, "has_more") && !objects.isEmpty());
        }
    }

    /** A page as it is copied; the id to go on after is null on the last one. */
    private record Rows<R>(List<R> rows, @Nullable String lastId) {

        static <T extends HasId, R> Rows<R> of(StripeCollection<T> page, Function<T, R> copy) {
            List<T> data = page.getData();
            boolean more = Boolean.TRUE.equals(page.getHasMore()) && !data.isEmpty();
            return new Rows<>(
                    data.stream().map(copy).toList(),
                    more ? data.get(data.size() - 1).getId() : null);
        }
    }

    /** A success that cannot be read. */
    private static final class Unreadable extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Unreadable(Exception cause) {
            super("an answer that is not Stripe's (" + cause.getClass().getSimpleName() + ")", cause);
        }
    }
}
