package io.mlconnector.stripe;

import io.mlconnector.model.Customer;
import java.util.ArrayList;
import java.util.List;

/** Brings the tax ids of a customer in line. Stripe cannot change one, so those that differ are deleted and created. */
final class CustomerTaxIds {

    private final StripeApi api;

    CustomerTaxIds(StripeApi api) {
        this.api = api;
    }

    void align(String customer, Customer wanted, Attempt attempt, int number) {
        List<TaxIdTypes.Typed> missing = new ArrayList<>(TaxIdTypes.known(wanted));
        for (RemoteTaxId there : api.taxIds(customer)) {
            boolean kept = missing.removeIf(taxId -> taxId.sameAs(there.type(), there.value()));
            if (!kept) {
                api.deleteTaxId(customer, there.id(), attempt);
            }
        }
        for (TaxIdTypes.Typed taxId : missing) {
            api.createTaxId(customer, taxId.parameters(), attempt.step("tax-id", customer, number, taxId));
        }
    }
}
