package io.mlconnector.stripe;

import io.mlconnector.spi.Secret;
import io.mlconnector.spi.Settings;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a Stripe connection.
 *
 * @param apiKey the secret or restricted key, beginning with {@code sk_} or {@code rk_}
 * @param nextApiKey the key that is about to replace it; tried once where the other is refused; null if there is none
 * @param baseUrl where Stripe is, without a slash at the end
 * @param mode how far an invoice is taken
 * @param requestsPerSecond calls in any second, at least 1; Stripe counts them per account and mode
 * @param maxConcurrency calls at the same time, at least 1
 * @param maxRetries how often a call is repeated, from 0
 * @param backoff the first wait before a repetition; doubles up to {@code maxBackoff}, with jitter
 * @param maxBackoff the longest wait before a repetition
 * @param connectTimeout the time to connect
 * @param readTimeout the time one attempt may take
 * @param settleTime the longest time after which a call without an answer can still take effect, at least {@code readTimeout}; nothing
 *     is looked up or sent again before
 * @param allowPlainHttp whether plain http to another machine is allowed
 * @param telemetry whether the SDK's client header is sent, which names the operating system. The SDK then may keep a file in the
 *     home directory, as its static {@code Stripe.enableTelemetry} says; that static is never touched from here
 * @param metadata the names of the metadata keys
 * @param customFieldName the name under which an invoice prints the ERP's number, up to 40 characters
 * @param invoiceNumber whether the ERP's number becomes Stripe's invoice number too
 * @param daysUntilDue the time for payment of an invoice without a due date, from 0
 * @param lines how lines are sent
 * @param product the product of lines with a unit price, such as {@code prod_…}; null to name each line's own
 * @param products SKU to Stripe product: lines with such a SKU refer to a price of the catalog
 * @param taxName how a tax rate is printed, up to 50 characters
 * @param zeroTaxReason Stripe's {@code taxability_reason} of a zero tax
 * @param taxReasons the ERP's tax code to Stripe's {@code taxability_reason}
 * @param afterFinalize what is done about changes that arrive after the invoice was finalized
 * @param webhookSecrets the signing secrets of our webhook endpoints, beginning with {@code whsec_}; several while one is replaced;
 *     without one, webhooks are not taken
 * @param webhookTolerance how old or how far ahead the time of a webhook may be; zero takes any
 * @param reading how changes are read
 */
public record StripeSettings(
        Secret apiKey,
        @Nullable Secret nextApiKey,
        URI baseUrl,
        Mode mode,
        int requestsPerSecond,
        int maxConcurrency,
        int maxRetries,
        Duration backoff,
        Duration maxBackoff,
        Duration connectTimeout,
        Duration readTimeout,
        Duration settleTime,
        boolean allowPlainHttp,
        boolean telemetry,
        MetadataKeys metadata,
        String customFieldName,
        boolean invoiceNumber,
        int daysUntilDue,
        LineStyle lines,
        @Nullable String product,
        Map<String, String> products,
        String taxName,
        String zeroTaxReason,
        Map<String, String> taxReasons,
        AfterFinalize afterFinalize,
        List<Secret> webhookSecrets,
        Duration webhookTolerance,
        EventReading reading) {

    private static final URI STRIPE = URI.create("https://api.stripe.com");

    /** Beyond the time in which we wait for an answer, Stripe itself ends a call within a minute. */
    private static final Duration STRIPES_OWN_TIME = Duration.ofMinutes(1);

    private static final Pattern LOOPBACK = Pattern.compile("localhost|127\\..*|\\[::1]");
    private static final Pattern METADATA_KEY = Pattern.compile("[^\\[\\]]{1,40}");

    /** How far an invoice is taken. */
    public enum Mode {
        /** It stays a draft: a person looks at it in Stripe. The default. */
        DRAFT,
        /** It is finalized: it has its number and its payment page, and is not mailed. */
        FINALIZE,
        /** It is finalized and mailed to the customer. */
        SEND
    }

    /** How lines are sent. */
    public enum LineStyle {
        /** As quantity and unit price where they give the line's amount without rounding, otherwise as an amount. The default. */
        UNIT_PRICE,
        /** As amounts, with quantity and unit price in the text. */
        AMOUNT
    }

    /** What is done about an amount that became lower after the invoice was finalized. */
    public enum Lower {
        /** A credit note, without a mail. The default. */
        CREDIT_NOTE,
        /** Nothing: the change is rejected. */
        REJECT
    }

    /** What is done about an amount that became higher after the invoice was finalized. */
    public enum Higher {
        /** A second invoice over the difference. The default. */
        SECOND_INVOICE,
        /** Nothing: the change is rejected. */
        REJECT
    }

    /** Where the money of a credit note goes if the invoice was paid already. */
    public enum PaidCredit {
        /** It is given back outside of Stripe. The default, since the ERP settles it. */
        OUT_OF_BAND,
        /** To the customer's balance in Stripe, which lowers the next invoice. */
        CUSTOMER_BALANCE,
        /** Back to the customer, by Stripe. */
        REFUND
    }

    /** What is done about an invoice that is paid in the ERP and open in Stripe. */
    public enum PaidInErp {
        /** Nothing. The default. */
        LEAVE,
        /** It is marked as paid out of band. */
        MARK_PAID
    }

    /**
     * The names of metadata keys, up to 40 characters without brackets.
     *
     * @param system where the record comes from: the name of the connection
     * @param company the issuing company
     * @param customerId the ERP's customer number
     * @param invoiceNo the ERP's invoice number
     * @param key connection, entity and id of the record, by which it is found again
     */
    public record MetadataKeys(String system, String company, String customerId, String invoiceNo, String key) {}

    /**
     * What is done about changes that arrive after the invoice was finalized.
     *
     * @param lower the amount is lower or a line is gone
     * @param higher the amount is higher or a line is new
     * @param paidCredit where the money of a credit note goes if the invoice was paid
     * @param paidInErp the invoice is paid in the ERP and open in Stripe
     */
    public record AfterFinalize(Lower lower, Higher higher, PaidCredit paidCredit, PaidInErp paidInErp) {}

    /**
     * How changes are read.
     *
     * @param from objects made before are not read by lists; null to read all
     * @param pageSize how many objects of a list come at once, from 1 to 100
     * @param overlap how far before the newest known event a pass begins, for events that appear late
     * @param lookBack how far before it a pass begins that looks back, at least {@code overlap}
     * @param lookBackEvery how often a pass looks back
     */
    public record EventReading(
            @Nullable Instant from, int pageSize, Duration overlap, Duration lookBack, Duration lookBackEvery) {}

    /** Copies the tables. */
    public StripeSettings {
        webhookSecrets = List.copyOf(webhookSecrets);
        products = Map.copyOf(products);
        taxReasons = Map.copyOf(taxReasons);
    }

    /**
     * Reads the settings of a connection. Faults are noted in {@code settings}; nothing is thrown.
     *
     * @param settings what the configuration says
     * @return the settings, with stand-ins where a value is wrong
     */
    public static StripeSettings of(Settings settings) {
        Secret apiKey = key(settings, "apiKey", settings.secret("apiKey"));
        Secret next = settings.optionalSecret("nextApiKey").orElse(null);
        boolean test = apiKey.reveal().contains("_test_");
        Duration readTimeout = positive(settings, "readTimeout", Duration.ofSeconds(60));
        return new StripeSettings(
                apiKey,
                next == null ? null : key(settings, "nextApiKey", next),
                baseUrl(settings),
                settings.choice("mode", Mode.DRAFT),
                settings.integer("requestsPerSecond", test ? 8 : 20, 1, 1000),
                settings.integer("maxConcurrency", 8, 1, 100),
                settings.integer("maxRetries", 4, 0, 20),
                positive(settings, "backoff", Duration.ofMillis(500)),
                positive(settings, "maxBackoff", Duration.ofSeconds(30)),
                positive(settings, "connectTimeout", Duration.ofSeconds(10)),
                readTimeout,
                settleTime(settings, readTimeout),
                settings.flag("allowPlainHttp", false),
                settings.flag("telemetry", false),
                metadata(settings.section("metadata")),
                atMost(settings, "customFieldName", "ERP invoice", 40),
                settings.flag("invoiceNumber", false),
                settings.integer("daysUntilDue", 30, 0, 3650),
                settings.choice("lines", LineStyle.UNIT_PRICE),
                settings.optionalText("product").orElse(null),
                settings.table("products"),
                atMost(settings, "taxName", "Tax", 50),
                settings.text("zeroTaxReason", "zero_rated"),
                settings.table("taxReasons"),
                afterFinalize(settings.section("afterFinalize")),
                webhookSecrets(settings),
                settings.duration("webhookTolerance", Duration.ofMinutes(5)),
                reading(settings.section("reading")));
    }

    /**
     * Returns whether the key is one of the test mode.
     *
     * @return true for a test key
     */
    public boolean testMode() {
        return apiKey.reveal().contains("_test_");
    }

    private static MetadataKeys metadata(Settings names) {
        return new MetadataKeys(
                metadataKey(names, "system", "erp_system"),
                metadataKey(names, "company", "erp_company"),
                metadataKey(names, "customerId", "erp_customer_id"),
                metadataKey(names, "invoiceNo", "erp_invoice_no"),
                metadataKey(names, "key", "mlc_key"));
    }

    private static AfterFinalize afterFinalize(Settings settings) {
        return new AfterFinalize(
                settings.choice("lower", Lower.CREDIT_NOTE),
                settings.choice("higher", Higher.SECOND_INVOICE),
                settings.choice("paidCredit", PaidCredit.OUT_OF_BAND),
                settings.choice("paidInErp", PaidInErp.LEAVE));
    }

    private static List<Secret> webhookSecrets(Settings settings) {
        List<Secret> secrets = settings.secrets("webhookSecrets");
        if (secrets.stream().anyMatch(secret -> !signingSecret(secret))) {
            settings.fault("webhookSecrets", "must be signing secrets, which begin with whsec_");
        }
        return secrets;
    }

    static boolean signingSecret(Secret secret) {
        return secret.reveal().matches("whsec_[\\x21-\\x7e]+");
    }

    private static EventReading reading(Settings settings) {
        Duration overlap = settings.duration("overlap", Duration.ofMinutes(5));
        Duration lookBack = settings.duration("lookBack", Duration.ofHours(6));
        if (lookBack.compareTo(overlap) < 0) {
            settings.fault("lookBack", "must not be shorter than overlap, which is " + overlap + ": " + lookBack);
        }
        return new EventReading(
                from(settings),
                settings.integer("pageSize", 100, 1, 100),
                overlap,
                lookBack,
                settings.duration("lookBackEvery", Duration.ofHours(1)));
    }

    private static @Nullable Instant from(Settings settings) {
        String date = settings.optionalText("from").orElse(null);
        if (date == null) {
            return null;
        }
        try {
            return LocalDate.parse(date).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeParseException e) {
            settings.fault("from", "must be a date such as 2026-01-31: " + date);
            return null;
        }
    }

    /** Returns what is wrong with a key that is to replace ours; empty if nothing is. */
    Optional<String> faultOf(Secret key) {
        String value = key.reveal();
        if (!value.matches("[sr]k_[\\x21-\\x7e]+")) {
            return Optional.of("must be a secret or restricted key, which begins with sk_ or rk_");
        }
        return value.contains("_test_") == testMode()
                ? Optional.empty()
                : Optional.of("must be of the " + (testMode() ? "test" : "live") + " mode, like the one it replaces");
    }

    private static Secret key(Settings settings, String name, Secret key) {
        String value = key.reveal();
        boolean usable = value.startsWith("sk_") || value.startsWith("rk_");
        if (!value.matches("[\\x21-\\x7e]+")) {
            settings.fault(name, "must be one word of printable characters");
        } else if (!usable && settings.has(name)) {
            settings.fault(
                    name,
                    "must be a secret or restricted key, which begins with sk_ or rk_"
                            + (value.startsWith("pk_") ? "; this one is publishable and can write nothing" : ""));
        }
        return key;
    }

    private static URI baseUrl(Settings settings) {
        URI url = settings.uri("baseUrl", STRIPE);
        if (url.getRawQuery() != null || url.getRawFragment() != null) {
            settings.fault("baseUrl", "must have no query: " + url);
        }
        boolean plain = "http".equals(url.getScheme())
                && !LOOPBACK.matcher(url.getHost()).matches();
        if (plain && !settings.flag("allowPlainHttp", false)) {
            settings.fault("baseUrl", "must use https, or the setting allowPlainHttp must be true: " + url);
        }
        return URI.create(url.toString().replaceAll("/+$", ""));
    }

    private static Duration settleTime(Settings settings, Duration readTimeout) {
        Duration value = settings.duration("settleTime", readTimeout.plus(STRIPES_OWN_TIME));
        if (value.compareTo(readTimeout) < 0) {
            settings.fault(
                    "settleTime", "must not be shorter than readTimeout, which is " + readTimeout + ": " + value);
        }
        return value;
    }

    private static Duration positive(Settings settings, String name, Duration otherwise) {
        Duration value = settings.duration(name, otherwise);
        if (value.isZero()) {
            settings.fault(name, "must be more than zero: " + value);
            return otherwise;
        }
        return value;
    }

    private static String atMost(Settings settings, String name, String otherwise, int longest) {
        String value = settings.text(name, otherwise);
        if (value.length() > longest) {
            settings.fault(name, "must have at most " + longest + " characters: " + value);
        }
        return value;
    }

    private static String metadataKey(Settings settings, String name, String otherwise) {
        String value = settings.text(name, otherwise);
        if (!METADATA_KEY.matcher(value).matches()) {
            settings.fault(name, "must have 1 to 40 characters without brackets: " + value);
        }
        return value;
    }
}
