package io.mlconnector.syspro;

import io.mlconnector.mapping.XmlRow;
import java.io.ByteArrayInputStream;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** The tables of a service with their columns and types, out of its CSDL document. Immutable once read. */
final class TableMetadata {

    private static final int MOST_ELEMENTS = 2_000_000;

    private final Map<String, String> typeOfTable = new LinkedHashMap<>();
    private final Map<String, Map<String, String>> columnsOfType = new LinkedHashMap<>();

    private TableMetadata() {}

    /**
     * Reads a CSDL document, without following anything that it refers to.
     *
     * @throws IllegalArgumentException if it is not readable XML or too large
     */
    static TableMetadata read(byte[] xml) {
        var metadata = new TableMetadata();
        try {
            XMLStreamReader reader = XmlRow.open(new ByteArrayInputStream(xml));
            try {
                reader.nextTag(); // refuses a document type
                metadata.read(reader);
            } finally {
                reader.close();
            }
        } catch (XMLStreamException e) {
            throw new IllegalArgumentException("the metadata is not readable XML", e);
        }
        return metadata;
    }

    private void read(XMLStreamReader reader) throws XMLStreamException {
        String namespace = "";
        Map<String, String> columns = Map.of();
        int elements = 0;
        for (int event = reader.getEventType(); reader.hasNext(); event = reader.next()) {
            if (event != XMLStreamConstants.START_ELEMENT) {
                continue;
            }
            if (++elements > MOST_ELEMENTS) {
                throw new XMLStreamException("more than " + MOST_ELEMENTS + " elements");
            }
            switch (reader.getLocalName()) {
                case "Schema" -> namespace = attribute(reader, "Namespace");
                case "EntityType" -> {
                    columns = new LinkedHashMap<>();
                    columnsOfType.put(namespace + "." + attribute(reader, "Name"), columns);
                }
                case "ComplexType", "Action", "Function" -> columns = new LinkedHashMap<>();
                case "Property" -> columns.put(attribute(reader, "Name"), attribute(reader, "Type"));
                case "EntitySet" -> typeOfTable.put(attribute(reader, "Name"), attribute(reader, "EntityType"));
                default -> {}
            }
        }
    }

    private static String attribute(XMLStreamReader reader, String name) {
        String value = reader.getAttributeValue(null, name);
        return value == null ? "" : value;
    }

    Set<String> tables() {
        return new LinkedHashSet<>(typeOfTable.keySet());
    }

    /** The columns of a table and their types; empty if there is no such table. */
    Optional<Map<String, String>> columns(String table) {
        String type = typeOfTable.get(table);
        return type == null ? Optional.empty() : Optional.of(columnsOfType.getOrDefault(type, Map.of()));
    }
}
