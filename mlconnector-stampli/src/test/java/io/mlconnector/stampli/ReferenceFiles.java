package io.mlconnector.stampli;

/** Files of vendors and purchase orders as Stampli might write them. */
final class ReferenceFiles {

    private static final String VENDORS = "company_id,vendor_id,name,status,tax_id,currency,terms_code,email,country,"
            + "address1,city,updated_at\n";
    private static final String ORDERS = "company_id,po_number,vendor_id,status,order_date,currency,total_amount,"
            + "line_number,item_id,description,quantity,received_quantity,uom,unit_price,line_amount,gl_account\n";

    private ReferenceFiles() {}

    static String path(String title, int number) {
        return "/outbound/" + title + "/" + title + "_ACME_20260305T140000Z_%06d.csv".formatted(number);
    }

    static String vendor(int number, String name) {
        return "PLANT-10,V" + number + "," + name + ",ACTIVE,DE12345678" + number
                + ",EUR,N30,ap@example.test,DE,Hafenstr. 1,Kiel,2026-03-01T00:00:00Z\n";
    }

    static String vendors(String... rows) {
        return VENDORS + String.join("", rows);
    }

    static String order(int number, String vendor, String currency) {
        return "PLANT-10,PO-" + number + "," + vendor + ",released,2026-02-01," + currency
                + ",30.00,1,SK-1,Seal,2,1,pcs,10.00,20.00,06100\n"
                + "PLANT-10,PO-" + number + "," + vendor + ",released,2026-02-01," + currency
                + ",30.00,2,SK-2,Ring,1,0,pcs,10.00,10.00,06100\n";
    }

    static String orders(String... rows) {
        return ORDERS + String.join("", rows);
    }
}
