package io.mlconnector.ifs;

import io.mlconnector.ifs.IfsSettings.Preset;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the parts of a supplier invoice are called in its set by default.
 *
 * @param names part to column
 */
record BillColumns(Map<String, String> names) {

    static BillColumns of(Preset preset) {
        boolean cloud = preset == Preset.CLOUD;
        var names = new LinkedHashMap<String, String>();
        names.put("supplier", "Identity");
        names.put("number", "InvoiceNo");
        names.put("series", "SeriesId");
        names.put("type", "InvoiceType");
        names.put("issuedOn", "InvoiceDate");
        names.put("dueOn", "DueDate");
        names.put("currency", "Currency");
        names.put("rate", "CurrRate");
        names.put("net", cloud ? "NetCurrAmount" : "NetAmount");
        names.put("tax", cloud ? "VatCurrAmount" : "VatAmount");
        names.put("total", cloud ? "GrossCurrAmount" : "GrossAmount");
        names.put("purchaseOrder", "PoRefNumber");
        names.put("memo", cloud ? "VoucherText" : "NoteText");
        names.put("reference", "Cf_Source_Reference");
        return new BillColumns(names);
    }

    String of(String part) {
        String column = names.get(part);
        if (column == null) {
            throw new IllegalArgumentException("a supplier invoice has no " + part);
        }
        return column;
    }
}
