package io.mlconnector.stampli;

import io.mlconnector.model.Bill;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Tells field by field how two forms of an invoice differ. */
final class BillDifference {

    private static final int LONGEST = 120;

    private BillDifference() {}

    static List<String> of(Bill before, Bill now) {
        var differences = new ArrayList<String>();
        for (RecordComponent component : Bill.class.getRecordComponents()) {
            Object old = value(component, before);
            Object young = value(component, now);
            if (!Objects.equals(old, young)) {
                differences.add(component.getName() + " was " + shortened(old) + ", is " + shortened(young));
            }
        }
        return differences;
    }

    private static Object value(RecordComponent component, Bill bill) {
        try {
            return String.valueOf(component.getAccessor().invoke(bill));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the accessors of a public record can be called", e);
        }
    }

    private static String shortened(Object value) {
        String text = value.toString();
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
