package io.mlconnector.cloudsuite;

import io.mlconnector.http.OutcomeUnknownException;
import io.mlconnector.spi.AuthenticationException;
import io.mlconnector.spi.MlConnectorException.Details;
import io.mlconnector.spi.UnavailableException;
import io.mlconnector.spi.WriteOutcome;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Plans and posts batches: one per record, with a line for each invoice and a charge for the fee. The batches of many records go in
 * one request, then their checks in another, then their updates where the tenant has a transaction for that. Safe for threads.
 */
final class Poster {

    private final MiClient client;
    private final Programs programs;
    private final PostingSettings settings;
    private final GlAccounts accounts;
    private final String connection;

    Poster(MiClient client, Programs programs, PostingSettings settings, GlAccounts accounts, String connection) {
        this.client = client;
        this.programs = programs;
        this.settings = settings;
        this.accounts = accounts;
        this.connection = connection;
    }

    /** Batches of a reference that still need a step. */
    Set<String> unfinished(Posted posted) {
        var unfinished = new LinkedHashSet<String>();
        if (programs.find(Task.PAYMENTS_CHECK).isPresent()) {
            unfinished.addAll(posted.unchecked());
        }
        if (programs.find(Task.PAYMENTS_UPDATE).isPresent()) {
            unfinished.addAll(posted.notUpdated());
        }
        return unfinished;
    }

    /**
     * What is left to do.
     *
     * @throws EndedException if the record cannot be posted as it is
     * @throws UnavailableException if no record could, because an account string is wrong
     */
    Posting plan(Wanted wanted, Posted posted, String batch, Map<InvoiceId, Receivable> invoices) {
        posted.doubled().ifPresent(fault -> {
            throw EndedException.rejected(wanted.name() + ": " + fault);
        });
        Map<InvoiceId, BigDecimal> missing = posted.missing(wanted.amounts());
        BigDecimal fee = posted.missingFee(wanted.fee());
        missing.forEach((id, amount) -> check(wanted, id, amount, invoices));
        var calls = new ArrayList<MiCall>();
        if (!missing.isEmpty() || fee.signum() != 0) {
            LocalDate day = wanted.at().atZone(settings.zone()).toLocalDate();
            checkAccounts(wanted, fee, day);
            programs.find(Task.PAYMENTS_HEAD).ifPresent(head -> calls.add(head(head, batch, day)));
            int line = 0;
            for (Map.Entry<InvoiceId, BigDecimal> part : missing.entrySet()) {
                line++;
                calls.add(line(wanted, batch, line, part.getKey(), part.getValue(), day, invoices));
            }
            if (fee.signum() != 0) {
                calls.add(charge(wanted, batch, fee, day));
            }
        }
        return new Posting(wanted, batch, calls, unfinished(posted));
    }

    private void check(Wanted wanted, InvoiceId id, BigDecimal amount, Map<InvoiceId, Receivable> invoices) {
        String name = wanted.name() + " at invoice " + id;
        if (amount.signum() < 0 && !settings.negative()) {
            throw EndedException.rejected(name + ": " + amount.toPlainString()
                    + " must be taken back in M3 by hand, or refunds must be post-negative");
        }
        if (id.onAccount()) {
            return;
        }
        Receivable invoice = invoices.get(id);
        if (invoice == null) {
            throw EndedException.with(WriteOutcome.Deferred.later("unmatched: " + name + ": there is no such invoice"));
        }
        if (!wanted.currency().isEmpty() && !wanted.currency().equals(invoice.currency())) {
            throw EndedException.rejected(
                    "the currency of " + name + " must be that of the invoice, which is " + invoice.currency());
        }
        if (amount.stripTrailingZeros().scale() > invoice.decimals()) {
            throw EndedException.rejected("the amount of " + name + " must have at most " + invoice.decimals()
                    + " decimals: " + amount.toPlainString());
        }
        if (amount.signum() > 0 && amount.compareTo(invoice.open()) > 0 && !settings.overpayment()) {
            throw EndedException.rejected(name + ": " + amount.toPlainString() + " is more than the "
                    + invoice.open().toPlainString() + " that are open; post the difference by hand, or set"
                    + " overpayments to post");
        }
    }

    private void checkAccounts(Wanted wanted, BigDecimal fee, LocalDate day) {
        var used = new ArrayList<GlString>(List.of(wanted.account()));
        if (fee.signum() != 0) {
            used.add(settings.fees());
        }
        for (GlString account : used) {
            Optional<String> fault = accounts.fault(account, day);
            if (fault.isPresent()) {
                throw new UnavailableException(
                        connection + ": nothing is posted, because of the settings accounts: " + fault.get(),
                        Details.of(connection, "post"));
            }
        }
    }

    private MiCall head(MiTransaction head, String batch, LocalDate day) {
        return MiCall.of(
                head, List.of("PBID"), "PBID", batch, "BOPE", settings.paymentOrigin(), "ACDT", MiValues.text(day));
    }

    private MiCall line(
            Wanted wanted,
            String batch,
            int number,
            InvoiceId id,
            BigDecimal amount,
            LocalDate day,
            Map<InvoiceId, Receivable> invoices) {
        return MiCall.of(
                        programs.of(Task.PAYMENTS_LINE),
                        List.of("PBID"),
                        "PBID",
                        batch,
                        "TRNO",
                        Integer.toString(number),
                        "CINO",
                        id.number(),
                        "INYR",
                        id.year(),
                        "CUNO",
                        id.customer(),
                        "PYNO",
                        id.payer(),
                        "PYAM",
                        amount.toPlainString(),
                        "CUCD",
                        wanted.currency(),
                        "LPDT",
                        MiValues.text(day),
                        "ACDT",
                        programs.find(Task.PAYMENTS_HEAD).isPresent() ? "" : MiValues.text(day),
                        "PYTP",
                        id.onAccount() ? settings.onAccountType() : "",
                        "ARAT",
                        rate(wanted, invoices.get(id)),
                        "IRNO",
                        wanted.reference())
                .with(wanted.account().dimensions());
    }

    /** Our rate counts where the payment system has changed the money to the currency of the books; else M3's does. */
    private static String rate(Wanted wanted, @Nullable Receivable invoice) {
        BigDecimal rate = wanted.rate();
        if (invoice == null || rate == null) {
            return "";
        }
        boolean ours = invoice.localCurrency().equals(wanted.rateCurrency())
                && !invoice.localCurrency().equals(wanted.currency());
        return ours ? rate.stripTrailingZeros().toPlainString() : "";
    }

    private MiCall charge(Wanted wanted, String batch, BigDecimal fee, LocalDate day) {
        return MiCall.of(
                        programs.of(Task.PAYMENTS_CHARGE),
                        List.of("PBID"),
                        "PBID",
                        batch,
                        "CHAM",
                        fee.toPlainString(),
                        "CHRI",
                        wanted.reference())
                .with(
                        programs.find(Task.PAYMENTS_HEAD).isPresent()
                                ? Map.of()
                                : Map.of("CUCD", wanted.currency(), "ACDT", MiValues.text(day)))
                .with(settings.fees().dimensions());
    }

    /**
     * Posts, and tells of each what became of it.
     *
     * @throws UnavailableException if nothing of all was written
     */
    List<WriteOutcome> post(List<Posting> postings) {
        var outcomes = new WriteOutcome[postings.size()];
        var open = new LinkedHashSet<Integer>();
        for (int at = 0; at < postings.size(); at++) {
            open.add(at);
        }
        boolean written = writeLines(postings, open, outcomes);
        for (Task step : List.of(Task.PAYMENTS_CHECK, Task.PAYMENTS_UPDATE)) {
            Optional<MiTransaction> transaction = programs.find(step);
            if (transaction.isPresent()) {
                written |= finish(transaction.get(), postings, open, outcomes, written);
            }
        }
        open.forEach(at -> outcomes[at] =
                new WriteOutcome.Applied(postings.get(at).wanted().target(), null));
        return Arrays.asList(outcomes);
    }

    /** The lines of all records in one request; a record with a refused line stays unchecked, so that nothing of it counts. */
    private boolean writeLines(List<Posting> postings, Set<Integer> open, WriteOutcome[] outcomes) {
        List<Integer> writing =
                open.stream().filter(at -> !postings.get(at).calls().isEmpty()).toList();
        List<MiCall> calls = writing.stream()
                .flatMap(at -> postings.get(at).calls().stream())
                .toList();
        if (calls.isEmpty()) {
            return false;
        }
        List<MiResult> results;
        try {
            results = client.write(calls);
        } catch (OutcomeUnknownException e) {
            writing.forEach(at -> outcomes[at] = new WriteOutcome.Ambiguous(e.evidence()));
            open.removeAll(writing);
            return true;
        }
        int from = 0;
        for (int at : writing) {
            Posting posting = postings.get(at);
            int size = posting.calls().size();
            Optional<WriteOutcome> fault = fault(posting, results.subList(from, from + size));
            from += size;
            if (fault.isPresent()) {
                outcomes[at] = fault.get();
                open.remove(at);
            }
        }
        return true;
    }

    private Optional<WriteOutcome> fault(Posting posting, List<MiResult> results) {
        boolean begun = false;
        for (int at = 0; at < results.size(); at++) {
            MiResult result = results.get(at);
            MiCall call = posting.calls().get(at);
            MiError error = result.error();
            if (result.notProcessed()) {
                return Optional.of(
                        begun
                                ? new WriteOutcome.Ambiguous(
                                        posting.wanted().name() + ": M3 ended the call within batch " + posting.batch())
                                : WriteOutcome.Deferred.later(
                                        posting.wanted().name() + ": M3 ended the call before it"));
            }
            boolean isThere = error != null
                    && error.recordExists()
                    && programs.find(Task.PAYMENTS_HEAD)
                            .filter(call.transaction()::equals)
                            .isPresent();
            if (error != null && !isThere) {
                String left = begun ? "; batch " + posting.batch() + " is left unchecked, so nothing of it counts" : "";
                return Optional.of(new WriteOutcome.Rejected(
                        posting.wanted().name() + ": " + call.transaction() + " refuses it: " + error + left, null));
            }
            begun = true;
        }
        return Optional.empty();
    }

    /** One more step of all batches in one request. What it refuses is seen in M3, and can be tried again. */
    private boolean finish(
            MiTransaction step, List<Posting> postings, Set<Integer> open, WriteOutcome[] outcomes, boolean written) {
        var calls = new LinkedHashMap<String, Integer>();
        for (int at : open) {
            Posting posting = postings.get(at);
            posting.unfinished().forEach(batch -> calls.put(batch, at));
            if (!posting.calls().isEmpty()) {
                calls.put(posting.batch(), at);
            }
        }
        if (calls.isEmpty()) {
            return false;
        }
        List<MiResult> results;
        try {
            results = client.write(calls.keySet().stream()
                    .map(batch -> MiCall.of(step, List.of(), "PBID", batch))
                    .toList());
        } catch (OutcomeUnknownException e) {
            calls.values().forEach(at -> outcomes[at] = new WriteOutcome.Ambiguous(e.evidence()));
            open.removeAll(calls.values());
            return true;
        } catch (UnavailableException | AuthenticationException e) {
            if (!written) {
                throw e;
            }
            calls.values()
                    .forEach(at -> outcomes[at] =
                            new WriteOutcome.Ambiguous("the lines are written, and then: " + e.getMessage()));
            open.removeAll(calls.values());
            return true;
        }
        int at = 0;
        for (Map.Entry<String, Integer> call : calls.entrySet()) {
            MiResult result = results.get(at);
            at++;
            MiError error = result.error();
            if (error != null || result.notProcessed()) {
                Posting posting = postings.get(call.getValue());
                outcomes[call.getValue()] = error == null
                        ? new WriteOutcome.Ambiguous(
                                posting.wanted().name() + ": M3 ended the call before " + step + " of " + call.getKey())
                        : new WriteOutcome.Rejected(
                                posting.wanted().name() + ": " + step + " refuses batch " + call.getKey() + ": "
                                        + error,
                                null);
                open.remove(call.getValue());
            }
        }
        return true;
    }
}
