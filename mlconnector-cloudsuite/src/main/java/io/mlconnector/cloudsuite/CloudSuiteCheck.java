package io.mlconnector.cloudsuite;

import io.mlconnector.cloudsuite.CloudSuiteSettings.Preset;
import io.mlconnector.spi.ConnectorContext;
import io.mlconnector.spi.Finding;
import io.mlconnector.spi.MlConnectorException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Looks at everything that flows need, and says what is missing and what to do about it. Throws nothing. */
final class CloudSuiteCheck {

    private static final Duration LARGE_OFFSET = Duration.ofMinutes(5);

    private final CloudSuiteSettings settings;
    private final PostingSettings posting;
    private final IonGateway gateway;
    private final Programs programs;
    private final CustomerRows customers;
    private final GlAccounts accounts;
    private final ConnectorContext context;
    private final List<Finding> findings = new ArrayList<>();

    CloudSuiteCheck(
            CloudSuiteSettings settings,
            PostingSettings posting,
            IonGateway gateway,
            Programs programs,
            CustomerRows customers,
            GlAccounts accounts,
            ConnectorContext context) {
        this.settings = settings;
        this.posting = posting;
        this.gateway = gateway;
        this.programs = programs;
        this.customers = customers;
        this.accounts = accounts;
        this.context = context;
    }

    List<Finding> run(Set<String> entities) {
        try {
            gateway.authenticate();
            findings.add(Finding.ok("token", "the token service accepts the service account"));
            Programs.Choice choice = programs.choice();
            findings.add(Finding.ok(
                    "preset",
                    "the programs are those of " + choice.preset().name().toLowerCase(Locale.ROOT) + ": "
                            + choice.reason()));
            lookAtTransactions(entities);
            if (entities.contains(CloudSuiteConnector.CUSTOMERS)) {
                lookAtTime();
            }
            if (entities.stream().anyMatch(CloudSuiteCheck::isMoney)) {
                lookAtAccounts();
            }
        } catch (MlConnectorException e) {
            findings.add(Finding.failed(findings.isEmpty() ? "token" : "gateway", String.valueOf(e.getMessage())));
        }
        lookAtQuotas();
        return findings;
    }

    private static boolean isMoney(String entity) {
        return !entity.equals(CloudSuiteConnector.CUSTOMERS) && !entity.equals(CloudSuiteConnector.INVOICES);
    }

    private void lookAtTransactions(Set<String> entities) {
        var tasks = new LinkedHashSet<Task>();
        entities.forEach(entity -> tasks.addAll(Task.usedBy(entity)));
        var used = new LinkedHashMap<Task, MiTransaction>();
        tasks.forEach(task -> programs.find(task).ifPresent(transaction -> used.put(task, transaction)));
        List<String> names =
                used.values().stream().map(MiTransaction::program).distinct().toList();
        List<Set<String>> found = names.isEmpty() ? List.of() : programs.transactionsOf(names);
        used.forEach((task, transaction) -> {
            Set<String> there = found.get(names.indexOf(transaction.program()));
            if (there.contains(transaction.name())) {
                findings.add(Finding.ok(transaction.toString(), "is there for " + task.title()));
            } else {
                findings.add(Finding.failed(
                        transaction.toString(),
                        (there.isEmpty()
                                        ? "the tenant has no such program"
                                        : "the program has no such transaction; it has " + String.join(", ", there))
                                + "; name another in transactions." + task.title()
                                + (settings.preset() == Preset.APS
                                        ? ", or use the preset ars, whose programs a standard tenant has"
                                        : "")));
            }
        });
        lookAtInputs(used);
    }

    /** What a line and a charge carry must be taken by their transactions. */
    private void lookAtInputs(Map<Task, MiTransaction> used) {
        Map<Task, Set<String>> sent = Map.of(
                Task.PAYMENTS_LINE,
                fields(Set.of("PBID", "TRNO", "CINO", "INYR", "CUNO", "PYAM", "CUCD", "IRNO"), posting.clearing()),
                Task.PAYMENTS_CHARGE,
                fields(Set.of("PBID", "CHAM"), posting.fees()));
        for (Map.Entry<Task, Set<String>> fields : sent.entrySet()) {
            MiTransaction transaction = used.get(fields.getKey());
            boolean unused = fields.getKey() == Task.PAYMENTS_CHARGE
                    && posting.fees().dimensions().isEmpty();
            if (transaction == null || unused) {
                continue;
            }
            Set<String> inputs = programs.inputsOf(List.of(transaction)).get(0);
            Set<String> missing = new TreeSet<>(fields.getValue());
            missing.removeAll(inputs);
            if (!inputs.isEmpty() && !missing.isEmpty()) {
                findings.add(Finding.failed(
                        transaction.toString(),
                        "takes no " + String.join(", ", missing) + ", which "
                                + fields.getKey().title() + " needs; it takes " + String.join(", ", inputs)));
            }
        }
    }

    private static Set<String> fields(Set<String> always, GlString account) {
        var fields = new TreeSet<>(always);
        fields.addAll(account.dimensions().keySet());
        return fields;
    }

    private void lookAtTime() {
        Instant now = customers.serverTime();
        Duration offset = Duration.between(context.clock().instant(), now);
        String text = "the server's clock is " + offset.abs() + (offset.isNegative() ? " behind" : " ahead of")
                + " this machine's; changes are found by the server's clock alone";
        findings.add(
                offset.abs().compareTo(LARGE_OFFSET) > 0 ? Finding.warning("clock", text) : Finding.ok("clock", text));
        if (customers.changedAfter(now.plus(Duration.ofDays(1))) > 0) {
            findings.add(Finding.warning(
                    "customers.list",
                    "the tenant takes no notice of LMTS: every pass reads all customers, which is right and slow"));
        }
    }

    private void lookAtAccounts() {
        LocalDate today = context.clock().instant().atZone(posting.zone()).toLocalDate();
        var strings = new LinkedHashMap<String, GlString>();
        strings.put("accounts.clearing", posting.clearing());
        strings.put("accounts.refunds", posting.refunds());
        strings.put("accounts.disputes", posting.disputes());
        strings.put("accounts.fees", posting.fees());
        strings.forEach((name, account) -> {
            Optional<String> fault = accounts.fault(account, today);
            if (fault.isPresent()) {
                findings.add(Finding.failed(name, fault.get()));
            } else if (!account.dimensions().isEmpty()) {
                findings.add(Finding.ok(name, account + " can be posted to"));
            }
        });
        if (posting.clearing().dimensions().isEmpty()) {
            findings.add(Finding.warning(
                    "accounts.clearing", "is not set: M3 takes the account from the rules of the payment origin"));
        }
    }

    private void lookAtQuotas() {
        for (DailyCount count : List.of(gateway.calls(), gateway.tokensToday())) {
            if (count.nearlyUsedUp()) {
                findings.add(Finding.warning("quota", count.used() + " of " + count.limit() + " are used today"));
            }
        }
    }
}
