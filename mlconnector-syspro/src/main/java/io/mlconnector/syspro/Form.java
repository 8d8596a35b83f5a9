package io.mlconnector.syspro;

import io.mlconnector.syspro.ReceiptSettings.Back;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes movements as documents of a business object. Safe for threads. */
abstract class Form {

    final ReceiptSettings settings;

    private Form(ReceiptSettings settings) {
        this.settings = settings;
    }

    static Form ofPayments(ReceiptSettings settings) {
        return new Receipt(settings, false);
    }

    static Form ofBack(Back back, ReceiptSettings settings) {
        return switch (back) {
            case NEGATIVE_RECEIPT -> new Receipt(settings, true);
            case ADJUSTMENT -> new Adjustment(settings);
            case DEBIT_NOTE -> new DebitNote(settings);
            case RECORD_ONLY -> throw new IllegalArgumentException("what is only recorded has no form");
        };
    }

    abstract String businessObject();

    abstract String parameters(boolean validateOnly);

    /** A document with an item for each movement. */
    abstract String document(List<Movement> movements);

    EnetCall.Posting posting(List<Movement> movements, boolean validateOnly) {
        return new EnetCall.Posting(businessObject(), parameters(validateOnly), document(movements));
    }

    /** Which element is made of what, for the audit. */
    abstract Map<String, String> rules();

    /** Plain, with a point and two decimals, whatever the currency. */
    static String number(BigDecimal amount) {
        return amount.setScale(2, RoundingMode.UNNECESSARY).toPlainString();
    }

    String notation() {
        return XmlText.clipped(settings.notation(), settings.notationLength());
    }

    private static String flag(boolean value) {
        return value ? "Y" : "N";
    }

    EnetDocument common(Vocabulary vocabulary, String root, boolean ignoreWarnings, boolean validateOnly) {
        return EnetDocument.of(vocabulary)
                .open(root)
                .open("Parameters")
                .put("PostingPeriod", settings.postingPeriod().name())
                .put("IgnoreWarnings", flag(ignoreWarnings))
                .put("ApplyIfEntireDocumentValid", "Y") // what is refused is then surely not posted
                .put("ValidateOnly", flag(validateOnly));
    }

    /** ARSTPY with payments; negative ones take back what was paid. */
    private static final class Receipt extends Form {

        private final boolean back;

        private Receipt(ReceiptSettings settings, boolean back) {
            super(settings);
            this.back = back;
        }

        @Override
        String businessObject() {
            return "ARSTPY";
        }

        @Override
        String parameters(boolean validateOnly) {
            return common(Vocabulary.RECEIPTS, "PostArPayment", back, validateOnly)
                    .put("AutoCorrectPaymentValue", "N")
                    .put("IntegrateToCashBookInDetail", "N")
                    .close()
                    .close()
                    .text();
        }

        @Override
        String document(List<Movement> movements) {
            EnetDocument document = EnetDocument.of(Vocabulary.RECEIPTS).open("PostArPayment");
            movements.forEach(movement -> item(document, movement));
            return document.close().text();
        }

        private void item(EnetDocument document, Movement movement) {
            document.open("Item").open("Payment");
            Map<String, String> texts = new HashMap<>(settings.elements());
            texts.put("Customer", RecordIds.shown(movement.customer()));
            texts.put("PaymentValue", number(signed(movement.whole())));
            texts.put("Reference", movement.reference());
            texts.put("PaymentDate", movement.day().toString());
            texts.put("JournalNotation", notation());
            texts.put("PaymentNarration", XmlText.clipped(movement.narration(), settings.narrationLength()));
            texts.put("Bank", settings.bank());
            texts.put("PaymentType", settings.paymentType().name());
            Vocabulary.RECEIPTS.order("Payment").forEach(element -> document.put(element, texts.get(element)));
            if (movement.applied().signum() != 0) {
                document.open("InvoiceToPay")
                        .put("TransactionType", InvoiceMapping.DOCUMENT_TYPE)
                        .put("Invoice", RecordIds.shown(movement.number()))
                        .put("GrossPaymentValue", number(signed(movement.applied())))
                        .put("DiscountValue", "0.00") // left out, SYSPRO takes the settlement discount
                        .close();
            }
            if (movement.unapplied().signum() != 0) {
                document.open("UnappliedPayment")
                        .put("GrossPaymentValue", number(signed(movement.unapplied())))
                        .put("DiscountValue", "0.00")
                        .close();
            }
            document.close().close();
        }

        private BigDecimal signed(BigDecimal amount) {
            return back ? amount.negate() : amount;
        }

        @Override
        Map<String, String> rules() {
            String sign = back ? ", negative" : "";
            return Map.of(
                    "amount", "amount -> Payment/PaymentValue" + sign,
                    "allocations",
                            "allocations -> Payment/InvoiceToPay (TransactionType, Invoice, GrossPaymentValue" + sign
                                    + ", DiscountValue 0.00), above the balance Payment/UnappliedPayment",
                    "key", "key -> Payment/Reference",
                    "paidAt", "paidAt -> Payment/PaymentDate",
                    "method", "method -> Payment/PaymentNarration");
        }
    }

    /** ARSTPY with adjustments, which raise what is owed. */
    private static final class Adjustment extends Form {

        private Adjustment(ReceiptSettings settings) {
            super(settings);
        }

        @Override
        String businessObject() {
            return "ARSTPY";
        }

        @Override
        String parameters(boolean validateOnly) {
            return common(Vocabulary.RECEIPTS, "PostArPayment", false, validateOnly)
                    .close()
                    .close()
                    .text();
        }

        @Override
        String document(List<Movement> movements) {
            EnetDocument document = EnetDocument.of(Vocabulary.RECEIPTS).open("PostArPayment");
            for (Movement movement : movements) {
                document.open("Item")
                        .open("Adjustments")
                        .put("Customer", RecordIds.shown(movement.customer()))
                        .put("Bank", settings.bank())
                        .put("PaymentType", settings.paymentType().name())
                        .open("InvoiceToAdjust")
                        .put("TransactionType", InvoiceMapping.DOCUMENT_TYPE)
                        .put("Invoice", RecordIds.shown(movement.number()))
                        .put("AdjustmentValue", number(movement.applied()))
                        .put("Reference", movement.reference())
                        .put("AdjustmentLedgerCode", settings.ledgerCode())
                        .put("JournalNotation", notation())
                        .close()
                        .close()
                        .close();
            }
            return document.close().text();
        }

        @Override
        Map<String, String> rules() {
            return Map.of(
                    "amount", "amount -> InvoiceToAdjust/AdjustmentValue",
                    "invoice", "invoice -> InvoiceToAdjust/Invoice",
                    "key", "key -> InvoiceToAdjust/Reference");
        }
    }

    /** ARSTIN with debit notes to invoices that exist. */
    private static final class DebitNote extends Form {

        private DebitNote(ReceiptSettings settings) {
            super(settings);
        }

        @Override
        String businessObject() {
            return "ARSTIN";
        }

        @Override
        String parameters(boolean validateOnly) {
            return common(Vocabulary.INVOICES, "PostArInvoices", false, validateOnly)
                    .close()
                    .close()
                    .text();
        }

        @Override
        String document(List<Movement> movements) {
            EnetDocument document = EnetDocument.of(Vocabulary.INVOICES).open("PostArInvoices");
            for (Movement movement : movements) {
                document.open("Item")
                        .put("TransactionType", "D")
                        .put("Customer", RecordIds.shown(movement.customer()))
                        .put("PostToExistingInvoice", "Y")
                        .put("GenerateInvoiceNumber", "N")
                        .put("Invoice", RecordIds.shown(movement.number()))
                        .put("InvoiceDate", movement.day().toString())
                        .put("Reference", movement.reference())
                        .put("InvoiceValue", number(movement.applied()))
                        .put("ProductClass", settings.productClass())
                        .close();
            }
            return document.close().text();
        }

        @Override
        Map<String, String> rules() {
            return Map.of(
                    "amount", "amount -> Item/InvoiceValue",
                    "invoice", "invoice -> Item/Invoice",
                    "key", "key -> Item/Reference");
        }
    }
}
