package io.mlconnector.syspro;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * What the document that answers a post says. Counters may be missing, names come in any case, and an error has the field that
 * offends as its parent.
 *
 * @param faults number of an item, from 0, to what is wrong with it
 * @param general what is wrong with the document as a whole; empty if nothing is
 * @param complete whether everything was posted
 * @param journals number of an item, from 0, to the journal it went to
 */
record PostAnswer(Map<Integer, String> faults, String general, boolean complete, Map<Integer, String> journals) {

    static PostAnswer of(EnetElement root, int sent) {
        var faults = new LinkedHashMap<Integer, String>();
        var journals = new LinkedHashMap<Integer, String>();
        var general = new ArrayList<String>();
        List<EnetElement> items = root.all("Item");
        boolean invalid = number(root, "ItemsInvalid").orElse(0) > 0;
        for (int at = 0; at < items.size(); at++) {
            EnetElement item = items.get(at);
            int index = number(item, "ItemNumber").orElse(at + 1) - 1;
            String wrong = wrong(item, "Error", invalid);
            if (!wrong.isEmpty()) {
                faults.put(index, wrong);
            }
            journal(item).ifPresent(journal -> journals.put(index, journal));
        }
        for (EnetElement child : root.children()) {
            if (!child.is("Item")) {
                String wrong = wrong(child, "Error", invalid);
                if (!wrong.isEmpty()) {
                    general.add(wrong);
                }
            }
        }
        if (invalid && faults.isEmpty() && general.isEmpty()) {
            general.add("items are invalid, and nothing says which");
        }
        int processed = number(root, "ItemsProcessed").orElse(sent);
        boolean complete = faults.isEmpty() && general.isEmpty() && processed == sent;
        return new PostAnswer(faults, String.join("; ", general), complete, journals);
    }

    boolean refused() {
        return !faults.isEmpty() || !general.isEmpty();
    }

    /** All that an element and those below say, each with the field it is about; warnings count where an item is invalid. */
    private static String wrong(EnetElement element, String kind, boolean withWarnings) {
        var texts = new LinkedHashSet<String>();
        element.tree().forEach(field -> {
            for (EnetElement number : field.all(kind + "Number")) {
                texts.add(text(field, number.text(), kind));
            }
            if (withWarnings) {
                for (EnetElement number : field.all("WarningNumber")) {
                    texts.add(text(field, number.text(), "Warning"));
                }
            }
        });
        return texts.stream().collect(Collectors.joining("; "));
    }

    private static String text(EnetElement field, String number, String kind) {
        String value = field.child("Value").map(EnetElement::text).orElse("");
        String description =
                field.child(kind + "Description").map(EnetElement::text).orElse("");
        return field.name() + (value.isEmpty() ? "" : " '" + XmlText.clipped(value, 60) + "'") + ": "
                + kind.toLowerCase(Locale.ROOT) + " " + number
                + (description.isEmpty() ? "" : " " + XmlText.clipped(description, 200));
    }

    private static Optional<String> journal(EnetElement item) {
        return List.of("Journal", "JournalNumber", "CashJournal", "GlJournal").stream()
                .flatMap(name -> item.anywhere(name).stream())
                .findFirst()
                .map(journal -> "journal " + journal
                        + item.anywhere("EntryNumber").map(entry -> "/" + entry).orElse(""));
    }

    private static OptionalInt number(EnetElement root, String name) {
        return root.anywhere(name)
                .filter(text -> text.matches("\\d{1,9}"))
                .map(text -> OptionalInt.of(Integer.parseInt(text)))
                .orElse(OptionalInt.empty());
    }
}
