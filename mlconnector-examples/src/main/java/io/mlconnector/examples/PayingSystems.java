package io.mlconnector.examples;

import io.mlconnector.engine.SyncEngine;
import java.util.Map;

/** Systems in which money comes back for what was sent. */
interface PayingSystems extends DemoSystems {

    /** The flow whose invoices are paid. */
    String invoices();

    /** Settings of connections that webhooks need. */
    Map<String, Map<String, String>> webhookSettings();

    /** Pays, refunds and disputes at the payment system, and tells what was done. */
    String pay();

    /** Sends what happened as webhooks: a share never, a share twice, a share late, in no order. Tells how it went. */
    String deliverBadly(SyncEngine engine);

    /** Sends what was late. */
    void deliverTheRest(SyncEngine engine);

    /** How many payments are for invoices of the payment system's own, such as those of subscriptions. */
    default int withoutInvoice() {
        return 0;
    }

    /** What the ERP shows of the money, counted there. */
    TargetCount countMoney();
}
