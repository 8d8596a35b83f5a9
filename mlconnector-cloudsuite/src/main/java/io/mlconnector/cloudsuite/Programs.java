package io.mlconnector.cloudsuite;

import io.mlconnector.cloudsuite.CloudSuiteSettings.Preset;
import io.mlconnector.spi.MlConnectorException.Details;
import io.mlconnector.spi.UnavailableException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which transaction does which task. The preset auto asks the tenant, once. Safe for threads. */
final class Programs {

    private static final Logger LOG = LoggerFactory.getLogger(Programs.class);
    private static final MiTransaction TRANSACTIONS = new MiTransaction("MRS001MI", "LstTransactions");
    private static final MiTransaction FIELDS = new MiTransaction("MRS001MI", "LstFields");

    /** A preset, and why it was taken. */
    record Choice(Preset preset, String reason) {}

    private final MiClient client;
    private final CloudSuiteSettings settings;
    private final String connection;
    private @Nullable Choice choice;

    Programs(MiClient client, CloudSuiteSettings settings, String connection) {
        this.client = client;
        this.settings = settings;
        this.connection = connection;
    }

    /** The transaction for a task; empty if the task is left out. */
    Optional<MiTransaction> find(Task task) {
        String override = settings.transactions().get(task.title());
        return override == null ? task.by(choice().preset()) : MiTransaction.parse(override);
    }

    MiTransaction of(Task task) {
        return find(task)
                .orElseThrow(() -> new UnavailableException(
                        connection + ": transactions." + task.title() + " is none, and is needed", Details.NONE));
    }

    synchronized Choice choice() {
        if (choice == null) {
            choice = settings.preset() == Preset.AUTO
                    ? asked()
                    : new Choice(settings.preset(), "the setting preset says so");
            LOG.info("{}: the programs are those of the preset {}: {}", connection, name(), choice.reason());
        }
        return choice;
    }

    private String name() {
        return choice == null ? "" : choice.preset().name().toLowerCase(Locale.ROOT);
    }

    /** A standard tenant has a program APS110MI too, which recodes supplier invoices; so its transactions count. */
    private Choice asked() {
        MiTransaction list = transaction(Task.INVOICES_LIST);
        MiTransaction add = transaction(Task.PAYMENTS_LINE);
        List<Set<String>> found = transactionsOf(List.of(list.program(), add.program()));
        if (found.get(0).contains(list.name()) && found.get(1).contains(add.name())) {
            return new Choice(Preset.APS, "the tenant has " + list + " and " + add);
        }
        MiTransaction lacking = found.get(0).contains(list.name()) ? add : list;
        return new Choice(
                Preset.ARS,
                "the tenant has no " + lacking + ", as no standard tenant has: " + lacking.program() + " has "
                        + listed(found.get(lacking.equals(list) ? 0 : 1)));
    }

    private static String listed(Set<String> names) {
        return names.isEmpty() ? "no transactions" : String.join(", ", names);
    }

    private static MiTransaction transaction(Task task) {
        return task.by(Preset.APS).orElseThrow(() -> new IllegalStateException("the preset aps has no " + task));
    }

    /** The transactions that the tenant has, program by program; none where there is no such program. */
    List<Set<String>> transactionsOf(List<String> programs) {
        return client
                .read(programs.stream()
                        .map(program -> MiCall.of(TRANSACTIONS, List.of("TRNM"), "MINM", program))
                        .toList())
                .stream()
                .map(result -> names(result, "TRNM"))
                .toList();
    }

    /** The input fields of transactions. */
    List<Set<String>> inputsOf(List<MiTransaction> transactions) {
        return client
                .read(transactions.stream()
                        .map(it -> MiCall.of(
                                FIELDS, List.of("FLNM"), "MINM", it.program(), "TRNM", it.name(), "TRTP", "I"))
                        .toList())
                .stream()
                .map(result -> names(result, "FLNM"))
                .toList();
    }

    private static Set<String> names(MiResult result, String column) {
        var names = new TreeSet<String>();
        result.rows().forEach(row -> names.add(MiValues.text(row, column)));
        return names;
    }
}
