package io.mlconnector.stripe;

import com.stripe.model.TaxId;

/** A tax id as Stripe holds it. */
record RemoteTaxId(String id, String type, String value) {

    static RemoteTaxId of(TaxId taxId) {
        return new RemoteTaxId(taxId.getId(), taxId.getType(), taxId.getValue());
    }
}
