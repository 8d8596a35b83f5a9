package io.mlconnector.cloudsuite;

import static java.util.Objects.requireNonNull;

import io.mlconnector.spi.ConfigurationException;
import io.mlconnector.spi.Secret;
import io.mlconnector.spi.Settings;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a connection to Infor CloudSuite (M3) must know. Prints no secret.
 *
 * @param ionapi the {@code .ionapi} file; {@code ionapiFile} is its path, or {@code ionapi} its content
 * @param company the company, {@code cono}, 1 to 999
 * @param division the division, {@code divi}; empty for that of the user
 * @param preset which programs are used: {@code auto}, {@code aps} or {@code ars}
 * @param transactions a task, such as {@code payments.find}, to a transaction, such as {@code CMS100MI/LstPay}, or {@code none}
 * @param getOnly transactions that write and that the tenant allows by GET alone; none
 * @param requestsPerMinute how many requests the gateway allows; 100
 * @param requestsPerDay how many it allows a day, of which a warning tells; 250,000
 * @param tokensPerDay how many access tokens are asked for in a day at most; 90
 * @param pathPrefix the path below the gateway, {@code {ti}} stands for the tenant; {@code /{ti}/M3/m3api-rest}
 * @param pageSize how many records a page of a source has; 500
 * @param listLimit how many rows a list of invoices may have; 50,000
 * @param readsPerCall how many transactions that read go in one request; 50
 * @param writesPerCall how many records are posted in one request; 20
 * @param overlap how far each pass looks back, by the server's clock; PT5M
 * @param invoicesSince how old an invoice may be that is paid already; P90D
 * @param glCoding whether the account strings of an invoice are read from its voucher; true
 * @param allowPlainHttp whether http to other machines is allowed; false
 * @param connectTimeout PT10S
 * @param requestTimeout more than the 60 s after which the gateway gives up; PT75S
 */
public record CloudSuiteSettings(
        IonapiSettings ionapi,
        int company,
        String division,
        Preset preset,
        Map<String, String> transactions,
        Set<String> getOnly,
        int requestsPerMinute,
        int requestsPerDay,
        int tokensPerDay,
        String pathPrefix,
        int pageSize,
        int listLimit,
        int readsPerCall,
        int writesPerCall,
        Duration overlap,
        Duration invoicesSince,
        boolean glCoding,
        boolean allowPlainHttp,
        Duration connectTimeout,
        Duration requestTimeout) {

    /** Which programs are used by default. */
    public enum Preset {
        /** {@link #APS} where the tenant has those programs, else {@link #ARS}. */
        AUTO,
        /** Customer invoices by APS100MI and payments by APS110MI, on tenants that made programs of these names. */
        APS,
        /** The programs of a standard tenant: ARS200MI, OIS350MI and ARS040MI. */
        ARS
    }

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");
    private static final Pattern DIVISION = Pattern.compile("[A-Za-z0-9]{0,3}");
    private static final IonapiSettings STAND_IN = new IonapiSettings(
            "missing",
            "missing",
            Secret.of("missing"),
            URI.create("https://missing.invalid"),
            URI.create("https://missing.invalid"),
            null,
            "missing",
            Secret.of("missing"));

    /** Refuses nulls and copies the table. */
    public CloudSuiteSettings {
        requireNonNull(ionapi, "ionapi");
        requireNonNull(division, "division");
        requireNonNull(preset, "preset");
        requireNonNull(pathPrefix, "pathPrefix");
        requireNonNull(overlap, "overlap");
        requireNonNull(invoicesSince, "invoicesSince");
        requireNonNull(connectTimeout, "connectTimeout");
        requireNonNull(requestTimeout, "requestTimeout");
        transactions = Map.copyOf(transactions);
        getOnly = Set.copyOf(getOnly);
    }

    static CloudSuiteSettings of(Settings settings, @Nullable IonapiSettings given) {
        boolean plain = settings.flag("allowPlainHttp", false);
        IonapiSettings file = given == null ? ionapi(settings) : given;
        Stream.of(file.gatewayUrl(), file.tokenUrl())
                .filter(uri -> !"https".equals(uri.getScheme()) && !LOOPBACK.contains(uri.getHost()) && !plain)
                .forEach(uri -> settings.fault(
                        "ionapi", "must name https addresses, or allowPlainHttp must be true: " + uri.getHost()));
        String division = settings.text("divi", "");
        if (!DIVISION.matcher(division).matches()) {
            settings.fault("divi", "must have at most three letters or digits: " + division);
        }
        Duration timeout = settings.duration("requestTimeout", Duration.ofSeconds(75));
        if (timeout.isZero()) {
            settings.fault("requestTimeout", "must be more than zero: " + timeout);
            timeout = Duration.ofSeconds(75);
        }
        Duration connect = settings.duration("connectTimeout", Duration.ofSeconds(10));
        if (connect.isZero()) {
            settings.fault("connectTimeout", "must be more than zero: " + connect);
            connect = Duration.ofSeconds(10);
        }
        return new CloudSuiteSettings(
                file,
                settings.integer("cono", 1, 1, 999),
                division,
                settings.choice("preset", Preset.AUTO),
                transactions(settings),
                Set.copyOf(settings.texts("getOnly")),
                settings.integer("requestsPerMinute", 100, 1, 1_000_000),
                settings.integer("requestsPerDay", 250_000, 1, Integer.MAX_VALUE),
                settings.integer("tokensPerDay", 90, 1, 1_000_000),
                settings.text("pathPrefix", "/{ti}/M3/m3api-rest"),
                settings.integer("pageSize", 500, 2, 10_000),
                settings.integer("listLimit", 50_000, 1, 1_000_000),
                settings.integer("readsPerCall", 50, 1, 200),
                settings.integer("writesPerCall", 20, 1, 100),
                settings.duration("overlap", Duration.ofMinutes(5)),
                settings.duration("invoicesSince", Duration.ofDays(90)),
                settings.flag("glCoding", true),
                plain,
                connect,
                timeout);
    }

    private static IonapiSettings ionapi(Settings settings) {
        Optional<String> path = settings.optionalText("ionapiFile");
        Optional<Secret> json = settings.optionalSecret("ionapi");
        if (path.isPresent() == json.isPresent()) {
            settings.fault(
                    "ionapi",
                    path.isPresent()
                            ? "and ionapiFile are both given; one of them is enough"
                            : "is missing: give the content of the .ionapi file, or its path as ionapiFile");
            return STAND_IN;
        }
        try {
            return json.isPresent()
                    ? IonapiSettings.parse(json.get().reveal())
                    : IonapiSettings.read(Path.of(path.orElse("")));
        } catch (InvalidPathException e) {
            settings.fault("ionapiFile", "is no path: " + path.orElse(""));
            return STAND_IN;
        } catch (ConfigurationException e) {
            String name = json.isPresent() ? "ionapi" : "ionapiFile";
            e.faults().forEach(fault -> settings.fault(name, "is not usable: " + fault));
            return STAND_IN;
        }
    }

    private static Map<String, String> transactions(Settings settings) {
        var transactions = new LinkedHashMap<String, String>();
        settings.table("transactions").forEach((task, transaction) -> {
            if (Task.named(task).isEmpty()) {
                settings.fault(
                        "transactions." + task,
                        "is no task; known: "
                                + Stream.of(Task.values()).map(Task::title).collect(Collectors.joining(", ")));
            }
            boolean none = transaction.equals("none");
            if (!none && MiTransaction.parse(transaction).isEmpty()) {
                settings.fault(
                        "transactions." + task,
                        "must be a program and a transaction such as ARS200MI/GetInvTotInfo, or none: " + transaction);
            }
            transactions.put(task, none ? "" : transaction);
        });
        return transactions;
    }
}
