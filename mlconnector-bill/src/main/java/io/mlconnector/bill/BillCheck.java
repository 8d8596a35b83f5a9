package io.mlconnector.bill;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlconnector.spi.AuthenticationException;
import io.mlconnector.spi.Finding;
import io.mlconnector.spi.MlConnectorException;
import io.mlconnector.spi.UnavailableException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Tries a connection without changing anything. */
final class BillCheck {

    private final BillApi api;
    private final BillSettings settings;
    private final BillMapping mapping;
    private final Subscriptions subscriptions;

    BillCheck(BillApi api, BillSettings settings, BillMapping mapping, Subscriptions subscriptions) {
        this.api = api;
        this.settings = settings;
        this.mapping = mapping;
        this.subscriptions = subscriptions;
    }

    List<Finding> run(Set<String> entities) {
        var findings = new ArrayList<Finding>();
        try {
            findings.add(session());
        } catch (AuthenticationException e) {
            return List.of(Finding.failed("session", String.valueOf(e.getMessage())));
        } catch (UnavailableException e) {
            return List.of(Finding.failed(settings.baseUrl().toString(), String.valueOf(e.getMessage())));
        }
        for (String resource : needed(entities)) {
            findings.add(read(resource));
        }
        findings.add(Finding.ok(
                "quota",
                "the developer key is used for " + settings.callsAtOnce() + " calls at once, "
                        + settings.requestsPerHour() + " an hour and " + settings.loginsPerHour()
                        + " logins an hour, by all connections of this process together"));
        if (entities.contains(BillConnector.BILLS) && settings.autoPayVendors()) {
            findings.add(Finding.warning(
                    "autoPayVendors", "bills are sent to vendors that BILL pays by itself: a bill then moves money"));
        }
        webhooks().forEach(findings::add);
        return findings;
    }

    private Finding session() {
        JsonNode session = api.get("/v3/login/session", "read the session");
        String organization = session.path("organizationId").asText("");
        if (!organization.isEmpty() && !organization.equals(settings.organizationId())) {
            return Finding.failed(
                    "organizationId",
                    "the session is of the organisation " + organization + ", not of " + settings.organizationId());
        }
        return Finding.ok("session", "opened for the organisation " + settings.organizationId());
    }

    private Set<String> needed(Set<String> entities) {
        var needed = new LinkedHashSet<String>();
        needed.add(BillConnector.VENDORS);
        if (entities.contains(BillConnector.BILLS)) {
            needed.add(BillConnector.BILLS);
            needed.add(BillConnector.PAYMENTS);
            needed.add(mapping.accounts().resource());
            mapping.axes().forEach(axis -> needed.add(axis.resource()));
        }
        if (entities.contains(BillConnector.PAYMENTS)) {
            needed.add(BillConnector.PAYMENTS);
        }
        return needed;
    }

    private Finding read(String resource) {
        try {
            api.get("/v3/" + resource + "?" + ListQuery.all().most(1).first(), "list " + resource);
            return Finding.ok(resource, "can be read");
        } catch (AuthenticationException e) {
            return Finding.failed(resource, "the role of the user or token may not read this: " + e.getMessage());
        } catch (UnavailableException e) {
            return Finding.failed(resource, String.valueOf(e.getMessage()));
        }
    }

    private List<Finding> webhooks() {
        try {
            return subscriptions.finding().stream().toList();
        } catch (BillRefusedException | MlConnectorException e) {
            return List.of(Finding.warning("webhooks", "the subscriptions cannot be read: " + e.getMessage()));
        }
    }
}
