package io.mlconnector.mapping;

import java.io.InputStream;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * A row out of an XML element, read in one pass: only the fields of the layout are materialised. The names of a path are the
 * local names of elements, and {@code @name} is an attribute; namespaces are ignored. An element that the layout has as a
 * list is a row of it each time it appears, so the path of usual lines is {@code Lines/Line}.
 */
public final class XmlRow {

    private static final int LONGEST_TEXT = 4 << 20;

    private XmlRow() {}

    /**
     * Opens a document. It may name its encoding. Entities that a document type declares are unknown, and nothing outside of the
     * document is loaded; {@link XMLStreamReader#nextTag} refuses a document type as a whole.
     *
     * @param document the bytes of the document
     * @return a reader in front of the root element
     * @throws XMLStreamException if the document cannot be opened
     */
    public static XMLStreamReader open(InputStream document) throws XMLStreamException {
        // the parser of the JDK, whatever other one is on the class path
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        return factory.createXMLStreamReader(document);
    }

    /**
     * Reads the element that has just begun, up to its end.
     *
     * @param reader stands at the start of an element, and stands at its end afterwards
     * @param layout which fields to read
     * @return the row
     * @throws XMLStreamException if the document is not well-formed or cannot be read
     */
    public static Row read(XMLStreamReader reader, RowLayout layout) throws XMLStreamException {
        reader.require(XMLStreamConstants.START_ELEMENT, null, null);
        Row row = new Row(layout);
        element(reader, layout.root(), row);
        return row;
    }

    private static void element(XMLStreamReader reader, RowLayout.Level level, Row row) throws XMLStreamException {
        String element = reader.getLocalName();
        attributes(reader, level, row);
        beginLists(level, row);
        var text = new StringBuilder();
        boolean elements = false;
        while (reader.next() != XMLStreamConstants.END_ELEMENT) {
            switch (reader.getEventType()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    elements = true;
                    member(reader, level.child(reader.getLocalName()), row);
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                    if (text.length() + reader.getTextLength() > LONGEST_TEXT) {
                        row.refuse("the text of <" + element + "> is longer than " + LONGEST_TEXT + " characters");
                    } else {
                        text.append(reader.getTextCharacters(), reader.getTextStart(), reader.getTextLength());
                    }
                }
                default -> {}
            }
        }
        value(level, row, text, elements);
    }

    private static void member(XMLStreamReader reader, RowLayout.@Nullable Level level, Row row)
            throws XMLStreamException {
        if (level == null) {
            skip(reader);
        } else if (level.list() != null) {
            RowBuilder.append(row, level.slot(), read(reader, level.list()));
        } else {
            element(reader, level, row);
        }
    }

    private static void value(RowLayout.Level level, Row row, StringBuilder text, boolean elements) {
        if (level.slot() >= 0) {
            if (elements && !level.hasChildren()) {
                row.put(level.slot(), Row.Kind.STRUCTURE, null);
            } else {
                row.put(level.slot(), Row.Kind.TEXT, text.toString());
            }
        } else if (!elements && !text.toString().isBlank()) {
            RowBuilder.outside(row, level);
        }
    }

    private static void attributes(XMLStreamReader reader, RowLayout.Level level, Row row) {
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            RowLayout.Level attribute = level.child("@" + reader.getAttributeLocalName(i));
            if (attribute != null && attribute.slot() >= 0) {
                row.put(attribute.slot(), Row.Kind.TEXT, reader.getAttributeValue(i));
            }
        }
    }

    /** The lists of an element that is there are there, even if they are empty. */
    private static void beginLists(RowLayout.Level level, Row row) {
        for (RowLayout.Level child : level.children()) {
            if (child.list() != null && row.kind(child.slot()) == Row.Kind.ABSENT) {
                RowBuilder.beginList(row, child.slot());
            }
        }
    }

    private static void skip(XMLStreamReader reader) throws XMLStreamException {
        int depth = 1;
        while (depth > 0) {
            int event = reader.next();
            depth += event == XMLStreamConstants.START_ELEMENT ? 1 : event == XMLStreamConstants.END_ELEMENT ? -1 : 0;
        }
    }
}
