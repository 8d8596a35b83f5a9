package io.mlconnector.bill;

import static java.util.Objects.requireNonNull;

import io.mlconnector.spi.Secret;
import io.mlconnector.spi.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How BILL is reached and how records are coded there.
 *
 * @param baseUrl the API with its path {@code /connect}; BILL's production unless given
 * @param eventsUrl the API of the webhook subscriptions, {@code /connect-events} beside the API unless given
 * @param loginUrl where a session is opened, {@code /v3/login} below the API unless given; an address that ends in {@code Login.json} is
 *     spoken to as version 2
 * @param credential what kind of user name and password these are
 * @param username e-mail of the user, or name of the sync token
 * @param password password of the user, or value of the sync token
 * @param organizationId the organisation, which begins with 008
 * @param devKey the developer key
 * @param callsAtOnce how many calls of the developer key run at once
 * @param requestsPerHour how many calls an hour the developer key is used for
 * @param loginsPerHour how many logins an hour the developer key is used for
 * @param overlap how far behind the newest change a pass begins
 * @param settleTime longest time after which a write without an answer can still take effect
 * @param paymentFilter by which field payments are looked up
 * @param invoiceNumberLength how long an invoice number may be
 * @param autoPayVendors whether bills are sent to vendors that BILL pays by itself
 * @param coding how accounts, cost centres and terms are called in BILL
 * @param webhooks the subscription; null if changes are only polled
 * @param webhookSecrets signing keys that are accepted besides the kept one
 * @param allowPlainHttp whether http is allowed to other machines
 * @param connectTimeout longest time for a connection
 * @param requestTimeout longest time for an answer
 */
public record BillSettings(
        URI baseUrl,
        URI eventsUrl,
        URI loginUrl,
        Credential credential,
        String username,
        Secret password,
        String organizationId,
        Secret devKey,
        int callsAtOnce,
        int requestsPerHour,
        int loginsPerHour,
        Duration overlap,
        Duration settleTime,
        PaymentFilter paymentFilter,
        int invoiceNumberLength,
        boolean autoPayVendors,
        Coding coding,
        @Nullable Webhooks webhooks,
        List<Secret> webhookSecrets,
        boolean allowPlainHttp,
        Duration connectTimeout,
        Duration requestTimeout) {

    private static final URI PRODUCTION = URI.create("https://gateway.prod.bill.com/connect");
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    /** What kind of user name and password a session is opened with. */
    public enum Credential {
        /** An AP and AR sync token: it can pay nothing, and its session ends after 48 hours without a call. */
        SYNC_TOKEN,
        /** A user: the session ends after 35 minutes without a call. */
        USER;

        Duration idleLimit() {
            return this == SYNC_TOKEN ? Duration.ofHours(46) : Duration.ofMinutes(25);
        }
    }

    /** The field by which the payments of bills are looked up; BILL does not document which it takes. */
    public enum PaymentFilter {
        /** By bill. */
        BILL_ID,
        /** By vendor, which finds more than is needed. */
        VENDOR_ID
    }

    /** What a value of the coding becomes in BILL: an axis, each with ids of its own. */
    public enum Axis {
        /** Departments. */
        DEPARTMENT,
        /** Locations. */
        LOCATION,
        /** Accounting classes. */
        ACCOUNTING_CLASS;

        String spelled() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * How accounts, cost centres and terms are called in BILL.
     *
     * @param accounts account code to id, where the number in BILL's chart of accounts does not tell
     * @param dimensions name of a dimension, {@code costCenter} among them, to the axis that holds it
     * @param values dimension value to id, where neither short name nor name tells
     * @param taxAccount account code of the line that holds the tax; null if that line has no account
     * @param taxDescription text of the line that holds the tax
     * @param paymentTerms the ERP's code of payment terms to id
     */
    public record Coding(
            Map<String, String> accounts,
            Map<String, Axis> dimensions,
            Map<String, String> values,
            @Nullable String taxAccount,
            String taxDescription,
            Map<String, String> paymentTerms) {

        /** Copies the tables. */
        public Coding {
            accounts = Map.copyOf(accounts);
            dimensions = Map.copyOf(dimensions);
            values = Map.copyOf(values);
            requireNonNull(taxDescription, "taxDescription");
            paymentTerms = Map.copyOf(paymentTerms);
        }
    }

    /**
     * The subscription for webhooks.
     *
     * @param url where BILL sends them
     * @param name the name of the subscription, by which it is seen to be ours
     * @param checkEvery how often it is looked after
     * @param rotateEvery how old its signing key may become before it gets a new one; zero for never
     * @param remove whether it is removed, because webhooks are no longer wanted
     */
    public record Webhooks(URI url, String name, Duration checkEvery, Duration rotateEvery, boolean remove) {

        /** Refuses nulls. */
        public Webhooks {
            requireNonNull(url, "url");
            requireNonNull(name, "name");
            requireNonNull(checkEvery, "checkEvery");
            requireNonNull(rotateEvery, "rotateEvery");
        }
    }

    /** Refuses nulls. */
    public BillSettings {
        requireNonNull(baseUrl, "baseUrl");
        requireNonNull(eventsUrl, "eventsUrl");
        requireNonNull(loginUrl, "loginUrl");
        requireNonNull(credential, "credential");
        requireNonNull(username, "username");
        requireNonNull(password, "password");
        requireNonNull(organizationId, "organizationId");
        requireNonNull(devKey, "devKey");
        requireNonNull(overlap, "overlap");
        requireNonNull(settleTime, "settleTime");
        requireNonNull(paymentFilter, "paymentFilter");
        requireNonNull(coding, "coding");
        webhookSecrets = List.copyOf(webhookSecrets);
        requireNonNull(connectTimeout, "connectTimeout");
        requireNonNull(requestTimeout, "requestTimeout");
    }

    /**
     * Reads the settings; every fault is noted in them.
     *
     * @param settings what the configuration says
     * @return the settings
     */
    public static BillSettings of(Settings settings) {
        boolean plain = settings.flag("allowPlainHttp", false);
        URI base = address(settings, "baseUrl", PRODUCTION, plain);
        String organization = settings.text("organizationId");
        if (!organization.isEmpty() && !organization.startsWith("008")) {
            settings.fault("organizationId", "must begin with 008: " + organization);
        }
        return new BillSettings(
                base,
                address(settings, "eventsUrl", beside(base), plain),
                address(settings, "loginUrl", below(base, "/v3/login"), plain),
                settings.choice("credential", Credential.SYNC_TOKEN),
                settings.text("username"),
                settings.secret("password"),
                organization,
                settings.secret("devKey"),
                settings.integer("callsAtOnce", 3, 1, 3),
                settings.integer("requestsPerHour", 18_000, 100, 20_000),
                settings.integer("loginsPerHour", 180, 1, 200),
                settings.duration("overlap", Duration.ofMinutes(5)),
                settings.duration("settleTime", Duration.ofMinutes(2)),
                settings.choice("paymentFilter", PaymentFilter.BILL_ID),
                settings.integer("invoiceNumberLength", 21, 1, 255),
                settings.flag("autoPayVendors", false),
                coding(settings.section("coding")),
                settings.has("webhooks") ? webhooks(settings.section("webhooks")) : null,
                settings.secrets("webhookSecrets"),
                plain,
                timeout(settings, "connectTimeout", Duration.ofSeconds(10)),
                timeout(settings, "requestTimeout", Duration.ofSeconds(60)));
    }

    private static Coding coding(Settings settings) {
        var dimensions = new LinkedHashMap<String, Axis>();
        Map<String, String> named = settings.table("dimensions");
        (named.isEmpty() ? Map.of("costCenter", "department") : named).forEach((dimension, axis) -> {
            for (Axis known : Axis.values()) {
                if (known.spelled().equals(axis)) {
                    dimensions.put(dimension, known);
                }
            }
            if (!dimensions.containsKey(dimension)) {
                settings.fault(
                        "dimensions." + dimension, "must be one of department, location, accounting-class: " + axis);
            }
        });
        return new Coding(
                settings.table("accounts"),
                dimensions,
                settings.table("values"),
                settings.optionalText("taxAccount").orElse(null),
                settings.text("taxDescription", "Sales tax"),
                settings.table("paymentTerms"));
    }

    private static Webhooks webhooks(Settings settings) {
        URI url = settings.uri("url");
        if (!"https".equals(url.getScheme()) && !LOOPBACK.contains(url.getHost())) {
            settings.fault("url", "must use https, which BILL asks for: " + url);
        }
        return new Webhooks(
                url,
                settings.text("name", "ml-connector"),
                settings.duration("checkEvery", Duration.ofMinutes(15)),
                settings.duration("rotateEvery", Duration.ZERO),
                settings.flag("remove", false));
    }

    private static URI address(Settings settings, String name, URI otherwise, boolean plain) {
        URI address = settings.uri(name, otherwise);
        boolean safe = "https".equals(address.getScheme()) || LOOPBACK.contains(address.getHost());
        if (!safe && !plain) {
            settings.fault(name, "must use https, or allowPlainHttp must be true: " + address);
        }
        if (address.getRawQuery() != null || address.getRawFragment() != null) {
            settings.fault(name, "must have no query: " + address);
        }
        return address;
    }

    private static Duration timeout(Settings settings, String name, Duration otherwise) {
        Duration timeout = settings.duration(name, otherwise);
        if (timeout.isZero()) {
            settings.fault(name, "must be more than zero: " + timeout);
            return otherwise;
        }
        return timeout;
    }

    static URI below(URI base, String path) {
        String text = base.toString();
        return URI.create((text.endsWith("/") ? text.substring(0, text.length() - 1) : text) + path);
    }

    private static URI beside(URI base) {
        String path = base.getPath();
        return path != null && path.endsWith("/connect") ? below(base, "-events") : base;
    }
}
