package io.mlconnector.bill;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlconnector.model.Bill;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether bills may be sent to vendors. Asked anew for every batch, since automatic payment may have been turned on just now. */
final class PayableVendors {

    private static final String AUTO_PAY = "autoPay";

    private final BillApi api;
    private final boolean autoPayVendors;

    PayableVendors(BillApi api, boolean autoPayVendors) {
        this.api = api;
        this.autoPayVendors = autoPayVendors;
    }

    /** The vendors of a batch. */
    final class Batch {

        private final Map<String, JsonNode> byId;

        private Batch(Map<String, JsonNode> byId) {
            this.byId = byId;
        }

        /**
         * Refuses what must not be sent.
         *
         * @throws RejectedException with the reason
         */
        void require(String id, Bill bill) {
            JsonNode vendor = byId.get(id);
            if (vendor == null) {
                throw new RejectedException("its vendor " + id + " is not in BILL any more");
            }
            String title = "vendor " + id + " '" + vendor.path("name").asText() + "'";
            if (vendor.path("archived").asBoolean(false)) {
                throw new RejectedException("its " + title + " is archived in BILL; restore it to send bills");
            }
            if (vendor.path(AUTO_PAY).path("enabled").asBoolean(false) && !autoPayVendors) {
                throw new RejectedException("BILL pays the bills of its " + title
                        + " by itself, so sending it would move money; turn automatic payment off there, or set"
                        + " autoPayVendors");
            }
            String currency = vendor.path("billCurrency").asText("USD");
            if (!currency.equals(bill.total().currency())) {
                throw new RejectedException("it is in " + bill.total().currency() + ", but all bills of its " + title
                        + " are in " + currency + ", which BILL fixes with the vendor");
            }
        }
    }

    Batch of(Set<String> ids) {
        var byId = new HashMap<String, JsonNode>();
        for (List<String> some : FollowingFeed.parts(ids)) {
            api.each(
                    BillConnector.VENDORS,
                    ListQuery.all().in("id", some).is("archived", "false"),
                    vendor -> byId.put(vendor.path("id").asText(), vendor));
        }
        for (String id : ids) {
            JsonNode listed = byId.get(id);
            // a list that leaves something out must not pass for a vendor without automatic payment
            if (listed == null || !listed.has(AUTO_PAY)) {
                api.find(BillConnector.VENDORS, id).ifPresent(vendor -> byId.put(id, vendor));
            }
        }
        return new Batch(byId);
    }
}
