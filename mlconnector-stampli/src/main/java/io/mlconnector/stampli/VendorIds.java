package io.mlconnector.stampli;

import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Endpoint;
import java.util.List;

/**
 * How vendors are told apart.
 *
 * @param vendors the source of vendors
 * @param perCompany whether one vendor id means another vendor in each company
 */
record VendorIds(Endpoint vendors, boolean perCompany) {

    RecordKey key(String company, String vendor) {
        String id = FileContract.id(perCompany ? List.of(company, vendor) : List.of(vendor));
        if (id == null) {
            throw new IllegalArgumentException("a vendor needs an id" + (perCompany ? " and a company" : ""));
        }
        return vendors.key(id);
    }
}
