package io.mlconnector.syspro;

import io.mlconnector.mapping.XmlRow;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * An element of an answer. Names are compared without regard to case, because SYSPRO answers in another case than it was asked;
 * {@link #text} has no blanks at its ends, because it pads values.
 *
 * @param name the local name as it came
 * @param raw the text directly inside, as it came: a token ends in blanks
 * @param children the elements inside
 */
record EnetElement(String name, String raw, List<EnetElement> children) {

    private static final int DEEPEST = 64;
    private static final int MOST_ELEMENTS = 500_000;

    /**
     * Reads a document as it came, in the encoding that it declares.
     *
     * @throws XMLStreamException if it is not well-formed, has a document type, or is too large
     */
    static EnetElement read(byte[] document) throws XMLStreamException {
        XMLStreamReader reader = XmlRow.open(new ByteArrayInputStream(document));
        try {
            reader.nextTag(); // refuses a document type
            EnetElement root = new Reading(reader).element(0);
            while (reader.hasNext()) {
                reader.next();
            }
            return root;
        } finally {
            reader.close();
        }
    }

    /** Reads a document that came inside of another text, so that the encoding it declares no longer holds. */
    static EnetElement read(String document) throws XMLStreamException {
        String bare = document.strip().replaceFirst("^<\\?xml[^>]*\\?>", "");
        return read(bare.getBytes(StandardCharsets.UTF_8));
    }

    String text() {
        return raw.strip();
    }

    boolean is(String wanted) {
        return name.equalsIgnoreCase(wanted);
    }

    Optional<EnetElement> child(String wanted) {
        return children.stream().filter(child -> child.is(wanted)).findFirst();
    }

    List<EnetElement> all(String wanted) {
        return children.stream().filter(child -> child.is(wanted)).toList();
    }

    /** This element and everything below it, from the top. */
    Stream<EnetElement> tree() {
        return Stream.concat(Stream.of(this), children.stream().flatMap(EnetElement::tree));
    }

    /** The text of the first element of a name, anywhere below. */
    Optional<String> anywhere(String wanted) {
        return tree().filter(element -> element.is(wanted))
                .map(EnetElement::text)
                .filter(found -> !found.isEmpty())
                .findFirst();
    }

    /** Reads one document. */
    private static final class Reading {

        private final XMLStreamReader reader;
        private int elements;

        private Reading(XMLStreamReader reader) {
            this.reader = reader;
        }

        private EnetElement element(int depth) throws XMLStreamException {
            if (++elements > MOST_ELEMENTS || depth > DEEPEST) {
                throw new XMLStreamException("more than " + MOST_ELEMENTS + " elements or deeper than " + DEEPEST);
            }
            String name = reader.getLocalName();
            var text = new StringBuilder();
            var children = new ArrayList<EnetElement>();
            for (int event = reader.next(); event != XMLStreamConstants.END_ELEMENT; event = reader.next()) {
                switch (event) {
                    case XMLStreamConstants.START_ELEMENT -> children.add(element(depth + 1));
                    case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
                        text.append(reader.getText());
                    case XMLStreamConstants.ENTITY_REFERENCE ->
                        throw new XMLStreamException("the entity " + reader.getLocalName() + " is not known");
                    default -> {}
                }
            }
            return new EnetElement(name, text.toString(), List.copyOf(children));
        }
    }
}
