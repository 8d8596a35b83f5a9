package io.mlconnector.stripe;

import io.mlconnector.model.Customer;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings the tax ids of a customer in line. Stripe cannot change one, so those that differ are created and deleted, in this order
 * where there is room: a new one that Stripe refuses takes none away.
 */
final class CustomerTaxIds {

    private final StripeApi api;

    CustomerTaxIds(StripeApi api) {
        this.api = api;
    }

    void align(String customer, Customer wanted, Attempt attempt, int number) {
        List<TaxIdTypes.Typed> missing = new ArrayList<>(TaxIdTypes.known(wanted));
        List<RemoteTaxId> there = api.taxIds(customer);
        List<RemoteTaxId> outdated = there.stream()
                .filter(taxId -> !missing.removeIf(it -> it.sameAs(taxId.type(), taxId.value())))
                .toList();
        boolean room = there.size() + missing.size() <= TaxIdTypes.MOST;
        if (!room) {
            delete(customer, outdated, attempt);
        }
        for (TaxIdTypes.Typed taxId : missing) {
            api.createTaxId(customer, taxId.parameters(), attempt.step("tax-id", customer, number, taxId));
        }
        if (room) {
            delete(customer, outdated, attempt);
        }
    }

    private void delete(String customer, List<RemoteTaxId> outdated, Attempt attempt) {
        outdated.forEach(taxId -> api.deleteTaxId(customer, taxId.id(), attempt));
    }
}
