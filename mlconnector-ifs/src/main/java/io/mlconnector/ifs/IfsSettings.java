package io.mlconnector.ifs;

import static java.util.Objects.requireNonNull;

import io.mlconnector.spi.Secret;
import io.mlconnector.spi.Settings;
import java.math.BigDecimal;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The settings of a connection to IFS Cloud, apart from those of its entities. Prints no secret.
 *
 * @param baseUrl where the services are, without {@code /main}; https unless the host is this machine
 * @param tokenUrl the token endpoint of the realm; it cannot be derived from the host
 * @param clientId the id of an IAM client with a service account
 * @param clientSecret the secret of that client
 * @param scope the scopes to ask for; {@code openid microprofile-jwt} by default
 * @param company the company whose records are read from sets that are keyed by company
 * @param preset which names of sets and columns are the defaults; generic by default
 * @param requestsPerMinute how many requests may be sent in any minute, from 1; 1000 by default
 * @param pageSize how many rows to ask for at once, from 1 to {@code maxPageSize}; 1000 by default
 * @param maxPageSize how many rows IFS gives at most, from 1; 5000 by default
 * @param parentsPerRequest of how many orders, invoices or customers one request reads the lines, addresses or rows,
 *     from 1 to 500; 150 by default. The length of the address is bounded besides
 * @param overlap how far each poll looks back for changes that were committed late; five minutes by default
 * @param timeZoneAware whether to ask for times with a zone, which fails where an API is not aware of zones; no by
 *     default
 * @param timeZone whose local time the columns with times hold; UTC by default. Only the policy {@code newest-wins} of two-way
 *     flows depends on it
 * @param allowPlainHttp whether plain http to another machine is allowed; no by default
 * @param connectTimeout how long to wait for a connection; ten seconds by default
 * @param requestTimeout how long one request may take; two minutes by default
 * @param taxRates tax code to rate in percent, for codes that are not themselves the rate; empty by default
 */
public record IfsSettings(
        URI baseUrl,
        URI tokenUrl,
        String clientId,
        Secret clientSecret,
        String scope,
        String company,
        Preset preset,
        int requestsPerMinute,
        int pageSize,
        int maxPageSize,
        int parentsPerRequest,
        Duration overlap,
        boolean timeZoneAware,
        ZoneId timeZone,
        boolean allowPlainHttp,
        Duration connectTimeout,
        Duration requestTimeout,
        Map<String, BigDecimal> taxRates) {

    /** Which names of sets and columns are the defaults. */
    public enum Preset {
        /** {@code CustomerSet}, {@code CustomerOrderSet}, {@code VoucherSet}, with {@code LastModificationTime}. */
        GENERIC,
        /** The names that live systems show, with the custom attribute {@code Cf_Last_Modified}. */
        CLOUD
    }

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    /** Refuses nulls and copies the table. */
    public IfsSettings {
        requireNonNull(baseUrl, "baseUrl");
        requireNonNull(tokenUrl, "tokenUrl");
        requireNonNull(clientId, "clientId");
        requireNonNull(clientSecret, "clientSecret");
        requireNonNull(scope, "scope");
        requireNonNull(company, "company");
        requireNonNull(preset, "preset");
        requireNonNull(overlap, "overlap");
        requireNonNull(timeZone, "timeZone");
        requireNonNull(connectTimeout, "connectTimeout");
        requireNonNull(requestTimeout, "requestTimeout");
        taxRates = Map.copyOf(taxRates);
    }

    /**
     * Reads the settings. Faults are noted in {@code settings}, whose check throws them together.
     *
     * @param settings the settings of a connection
     * @return what they say, with stand-ins where they are wrong
     */
    public static IfsSettings of(Settings settings) {
        boolean plain = settings.flag("allowPlainHttp", false);
        int most = settings.integer("maxPageSize", 5000, 1, 100_000);
        int size = settings.integer("pageSize", Math.min(1000, most), 1, 100_000);
        if (size > most) {
            settings.fault("pageSize", "must be at most maxPageSize (" + most + "): " + size);
        }
        return new IfsSettings(
                address(settings, "baseUrl", plain),
                address(settings, "tokenUrl", plain),
                settings.text("clientId"),
                settings.secret("clientSecret"),
                settings.text("scope", "openid microprofile-jwt"),
                settings.text("company"),
                settings.choice("preset", Preset.GENERIC),
                settings.integer("requestsPerMinute", 1000, 1, 1_000_000),
                size,
                most,
                settings.integer("parentsPerRequest", 150, 1, 500),
                settings.duration("overlap", Duration.ofMinutes(5)),
                settings.flag("timeZoneAware", false),
                zone(settings),
                plain,
                timeout(settings, "connectTimeout", Duration.ofSeconds(10)),
                timeout(settings, "requestTimeout", Duration.ofMinutes(2)),
                rates(settings));
    }

    private static URI address(Settings settings, String name, boolean plain) {
        URI address = settings.uri(name);
        boolean safe = "https".equals(address.getScheme()) || LOOPBACK.contains(address.getHost());
        if (!safe && !plain) {
            settings.fault(name, "must use https, or allowPlainHttp must be true: " + address);
        }
        if (address.getRawQuery() != null || address.getRawFragment() != null) {
            settings.fault(name, "must have no query: " + address);
        }
        return address;
    }

    private static ZoneId zone(Settings settings) {
        String zone = settings.text("timeZone", "UTC");
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException e) {
            settings.fault("timeZone", "must be a time zone such as Europe/Stockholm: '" + zone + "'");
            return ZoneOffset.UTC;
        }
    }

    private static Duration timeout(Settings settings, String name, Duration otherwise) {
        Duration timeout = settings.duration(name, otherwise);
        if (timeout.isZero()) {
            settings.fault(name, "must be more than zero: " + timeout);
            return otherwise;
        }
        return timeout;
    }

    private static Map<String, BigDecimal> rates(Settings settings) {
        var rates = new LinkedHashMap<String, BigDecimal>();
        settings.table("taxRates").forEach((code, rate) -> {
            try {
                rates.put(code, new BigDecimal(rate));
            } catch (NumberFormatException e) {
                settings.fault("taxRates." + code, "must be a rate in percent: " + rate);
            }
        });
        return rates;
    }
}
