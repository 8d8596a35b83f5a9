package io.mlconnector.syspro;

import static java.util.Objects.requireNonNull;

import io.mlconnector.model.Money;
import io.mlconnector.spi.Secret;
import io.mlconnector.spi.Settings;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a connection to SYSPRO, apart from those of its entities and receipts. Prints no secret.
 *
 * @param baseUrl where the OData service is, without the company, such as {@code
 *     https://erp.example/SYSPRO8Odata/SYSPROOData}; https unless the host is this machine
 * @param company the company whose tables are read; the last part of their address
 * @param user the user for HTTP Basic
 * @param password its password
 * @param changes how changed rows are found, unless an entity says otherwise; {@code auto} by default
 * @param pageSize how many rows to ask for at once, from 1 to 5000, which is the most that SYSPRO gives; 1000 by default
 * @param overlap how far each poll by time looks back for changes that were committed late; five minutes by default
 * @param versionOverlap how many row versions each poll looks back for changes that were committed late, from 0; 1000 by
 *     default
 * @param lookback how many days each poll by {@code InvoiceDate} looks back, because invoices are dated back; 35 by default
 * @param requestsPerSecond how many requests may be sent in any second, of OData and e.net each, from 1; 5 by default
 * @param allowPlainHttp whether plain http to another machine is allowed; no by default
 * @param requestTimeout how long one request for rows may take; 60 seconds by default
 * @param currencies SYSPRO's own currency codes to ISO 4217; a code that is not in it counts only if it is one of ISO 4217;
 *     empty by default
 * @param terms payment terms to days until due; empty by default
 * @param since invoices dated earlier are only read while they have a balance; null means that this holds for all
 * @param zone the zone of dates; UTC by default
 * @param enet where and as whom business objects are called; null if nothing is written
 */
public record SysproSettings(
        URI baseUrl,
        String company,
        String user,
        Secret password,
        Changes changes,
        int pageSize,
        Duration overlap,
        int versionOverlap,
        int lookback,
        int requestsPerSecond,
        boolean allowPlainHttp,
        Duration requestTimeout,
        Map<String, String> currencies,
        Map<String, Integer> terms,
        @Nullable LocalDate since,
        ZoneId zone,
        @Nullable Enet enet) {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    /** How changed rows of a table are found. */
    public enum Changes {
        /** By what {@code $metadata} says: a row version that is a number, else a modified date, else by reading all. */
        AUTO,
        /** By {@code LastModifiedDate}, or for invoices by {@code InvoiceDate} and the open balance. */
        DATES,
        /** By a row version that the table or view shows as a number. */
        ROW_VERSION,
        /** By reading the whole table in every pass; what has not changed is told by its content. */
        SCAN
    }

    /** What carries calls of business objects. */
    public enum Transport {
        /** SOAP where the site offers it, else REST. */
        AUTO,
        /** GET with everything in the address, over connections that are used once. */
        REST,
        /** POST. */
        SOAP
    }

    /**
     * Where and as whom business objects are called.
     *
     * @param url the REST service, such as {@code http://erp.example:20003/SYSPROWCFService/Rest}
     * @param soapUrl the SOAP service; by default the address of the REST service with {@code Soap} instead of {@code Rest}
     * @param transport what carries calls; {@code auto} by default
     * @param operator an operator that nobody else uses, neither a person nor a program
     * @param operatorPassword its password; null if it has none
     * @param companyId the company to log on to; that of the connection by default
     * @param companyPassword its password; null if it has none
     * @param trimToken whether blanks at the ends of a token are cut off; no by default
     * @param sessionIdle after which time without a call the operator is logged off; 60 seconds by default
     * @param longestUrl how long the address of a call by REST may be, from 2000; 14000 by default, because HTTP.sys takes 16 KB
     *     for request line and headers
     * @param connectTimeout how long to wait for a connection; five seconds by default
     * @param queryTimeout how long a query may take; 30 seconds by default
     * @param postTimeout how long a post may take; two minutes by default
     */
    public record Enet(
            URI url,
            URI soapUrl,
            Transport transport,
            String operator,
            @Nullable Secret operatorPassword,
            String companyId,
            @Nullable Secret companyPassword,
            boolean trimToken,
            Duration sessionIdle,
            int longestUrl,
            Duration connectTimeout,
            Duration queryTimeout,
            Duration postTimeout) {

        /** Refuses nulls. */
        public Enet {
            requireNonNull(url, "url");
            requireNonNull(soapUrl, "soapUrl");
            requireNonNull(transport, "transport");
            requireNonNull(operator, "operator");
            requireNonNull(companyId, "companyId");
            requireNonNull(sessionIdle, "sessionIdle");
            requireNonNull(connectTimeout, "connectTimeout");
            requireNonNull(queryTimeout, "queryTimeout");
            requireNonNull(postTimeout, "postTimeout");
        }

        EnetClient.Credentials credentials() {
            return new EnetClient.Credentials(operator, operatorPassword, companyId, companyPassword);
        }
    }

    /** Refuses nulls and copies the tables. */
    public SysproSettings {
        requireNonNull(baseUrl, "baseUrl");
        requireNonNull(company, "company");
        requireNonNull(user, "user");
        requireNonNull(password, "password");
        requireNonNull(changes, "changes");
        requireNonNull(overlap, "overlap");
        requireNonNull(requestTimeout, "requestTimeout");
        currencies = Map.copyOf(currencies);
        terms = Map.copyOf(terms);
        requireNonNull(zone, "zone");
    }

    /**
     * Reads the settings. Faults are noted in {@code settings}, whose check throws them together.
     *
     * @param settings the settings of a connection
     * @return what they say, with stand-ins where they are wrong
     */
    public static SysproSettings of(Settings settings) {
        boolean plain = settings.flag("allowPlainHttp", false);
        String company = settings.text("company");
        String user = settings.text("user");
        if (user.contains(":")) {
            settings.fault("user", "must have no colon, which HTTP Basic does not allow");
        }
        return new SysproSettings(
                address(settings, "baseUrl", settings.uri("baseUrl"), plain),
                company,
                user.replace(":", ""),
                settings.secret("password"),
                settings.choice("changes", Changes.AUTO),
                settings.integer("pageSize", 1000, 1, 5000),
                settings.duration("overlap", Duration.ofMinutes(5)),
                settings.integer("versionOverlap", 1000, 0, 100_000_000),
                settings.integer("lookback", 35, 0, 3650),
                settings.integer("requestsPerSecond", 5, 1, 100_000),
                plain,
                timeout(settings, "requestTimeout", Duration.ofSeconds(60)),
                currencies(settings),
                terms(settings),
                since(settings),
                zone(settings),
                settings.has("enetUrl") ? enet(settings, company, plain) : withoutEnet(settings));
    }

    private static @Nullable Enet withoutEnet(Settings settings) {
        for (String name : new String[] {"operator", "operatorPassword", "companyPassword", "soapUrl"}) {
            if (settings.has(name)) {
                settings.fault(name, "is of no use without enetUrl");
            }
        }
        return null;
    }

    private static Enet enet(Settings settings, String company, boolean plain) {
        URI url = address(settings, "enetUrl", settings.uri("enetUrl"), plain);
        URI soap = URI.create(url.toString().replaceAll("/+$", "").replaceAll("(?i)/Rest$", "") + "/Soap");
        return new Enet(
                url,
                address(settings, "soapUrl", settings.uri("soapUrl", soap), plain),
                settings.choice("transport", Transport.AUTO),
                settings.text("operator"),
                settings.optionalSecret("operatorPassword").orElse(null),
                settings.text("companyId", company),
                settings.optionalSecret("companyPassword").orElse(null),
                settings.flag("trimToken", false),
                timeout(settings, "sessionIdle", Duration.ofSeconds(60)),
                settings.integer("longestUrl", 14_000, 2_000, 1_000_000),
                timeout(settings, "connectTimeout", Duration.ofSeconds(5)),
                timeout(settings, "queryTimeout", Duration.ofSeconds(30)),
                timeout(settings, "postTimeout", Duration.ofMinutes(2)));
    }

    private static URI address(Settings settings, String name, URI address, boolean plain) {
        boolean safe = "https".equals(address.getScheme()) || LOOPBACK.contains(address.getHost());
        if (!safe && !plain) {
            settings.fault(name, "must use https, or allowPlainHttp must be true: " + address);
        }
        if (address.getRawQuery() != null || address.getRawFragment() != null) {
            settings.fault(name, "must have no query: " + address.getScheme() + "://" + address.getRawAuthority());
        }
        return address;
    }

    private static Duration timeout(Settings settings, String name, Duration otherwise) {
        Duration timeout = settings.duration(name, otherwise);
        if (timeout.isZero() || timeout.compareTo(Duration.ofDays(1)) > 0) {
            settings.fault(name, "must be more than zero and at most a day: " + timeout);
            return otherwise;
        }
        return timeout;
    }

    private static Map<String, String> currencies(Settings settings) {
        var table = new TreeMap<String, String>();
        settings.table("currencies").forEach((code, iso) -> {
            try {
                Money.minorDigits(iso);
                table.put(code.strip(), iso);
            } catch (IllegalArgumentException e) {
                settings.fault("currencies." + code, "must be an ISO 4217 code in upper case: " + iso);
            }
        });
        return table;
    }

    private static Map<String, Integer> terms(Settings settings) {
        var table = new LinkedHashMap<String, Integer>();
        settings.table("terms").forEach((code, days) -> {
            if (days.matches("\\d{1,4}")) {
                table.put(code.strip(), Integer.valueOf(days));
            } else {
                settings.fault("terms." + code, "must be a number of days: " + days);
            }
        });
        return table;
    }

    private static @Nullable LocalDate since(Settings settings) {
        Optional<String> text = settings.optionalText("since");
        try {
            return text.map(LocalDate::parse).orElse(null);
        } catch (DateTimeException e) {
            settings.fault("since", "must be a date such as 2026-01-31: " + text.orElse(""));
            return null;
        }
    }

    private static ZoneId zone(Settings settings) {
        String text = settings.text("zone", "UTC");
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            settings.fault("zone", "must be a zone such as Africa/Johannesburg: " + text);
            return ZoneId.of("UTC");
        }
    }

    /** The ISO 4217 code of a code of the site. */
    String currency(String code) {
        String known = currencies.get(code.strip());
        if (known != null) {
            return known;
        }
        try {
            Money.minorDigits(code.strip());
            return code.strip();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "must be a key of the setting currencies, or a code of ISO 4217: known are " + currencies.keySet(),
                    e);
        }
    }
}
