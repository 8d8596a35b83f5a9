package io.mlconnector.ifs;

import java.io.ByteArrayInputStream;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** The entity sets of a service with their columns and types, out of its CSDL document. Immutable once read. */
final class ServiceMetadata {

    private static final int MOST_ELEMENTS = 2_000_000;
    private static final int MOST_ANCESTORS = 16;

    private final Map<String, String> typeOfSet = new LinkedHashMap<>();
    private final Map<String, Map<String, String>> columnsOfType = new LinkedHashMap<>();
    private final Map<String, Integer> lengths = new LinkedHashMap<>();
    private final Map<String, String> baseOfType = new LinkedHashMap<>();

    private ServiceMetadata() {}

    /**
     * Reads a CSDL document, without following anything that it refers to.
     *
     * @throws IllegalArgumentException if it is not readable XML or too large
     */
    static ServiceMetadata read(byte[] xml) {
        XMLInputFactory factory = XMLInputFactory.newInstance();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setXMLResolver((publicId, systemId, baseUri, namespace) -> {
            throw new XMLStreamException("external entities are refused");
        });
        var metadata = new ServiceMetadata();
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(xml));
            try {
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
        String type = "";
        Map<String, String> columns = Map.of();
        int elements = 0;
        while (reader.hasNext()) {
            int event = reader.next();
            if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
                throw new XMLStreamException("document types and entities are refused");
            }
            if (event != XMLStreamConstants.START_ELEMENT) {
                continue;
            }
            if (++elements > MOST_ELEMENTS) {
                throw new XMLStreamException("more than " + MOST_ELEMENTS + " elements");
            }
            switch (reader.getLocalName()) {
                case "Schema" -> namespace = attribute(reader, "Namespace");
                case "EntityType" -> {
                    type = namespace + "." + attribute(reader, "Name");
                    columns = new LinkedHashMap<>();
                    columnsOfType.put(type, columns);
                    baseOfType.put(type, attribute(reader, "BaseType"));
                }
                case "ComplexType", "Action", "Function" -> {
                    type = "";
                    columns = new LinkedHashMap<>();
                }
                case "Property" -> {
                    columns.put(attribute(reader, "Name"), attribute(reader, "Type"));
                    noteLength(type + "." + attribute(reader, "Name"), attribute(reader, "MaxLength"));
                }
                case "EntitySet" -> typeOfSet.put(attribute(reader, "Name"), attribute(reader, "EntityType"));
                default -> {}
            }
        }
    }

    /** The value may also be {@code max}. */
    private void noteLength(String property, String length) {
        if (length.matches("[1-9]\\d{0,8}")) {
            lengths.put(property, Integer.valueOf(length));
        }
    }

    private static String attribute(XMLStreamReader reader, String name) {
        String value = reader.getAttributeValue(null, name);
        return value == null ? "" : value;
    }

    Set<String> sets() {
        return new LinkedHashSet<>(typeOfSet.keySet());
    }

    /** The columns of a set and their types, those of its base types among them; empty if there is no such set. */
    Optional<Map<String, String>> columns(String set) {
        @Nullable String type = typeOfSet.get(set);
        if (type == null) {
            return Optional.empty();
        }
        var columns = new LinkedHashMap<String, String>();
        for (int depth = 0; type != null && !type.isEmpty() && depth < MOST_ANCESTORS; depth++) {
            columnsOfType.getOrDefault(type, Map.of()).forEach(columns::putIfAbsent);
            type = baseOfType.get(type);
        }
        return Optional.of(columns);
    }

    /** How many characters a column of a set takes; empty if the service does not say. */
    OptionalInt length(String set, String column) {
        @Nullable String type = typeOfSet.get(set);
        for (int depth = 0; type != null && !type.isEmpty() && depth < MOST_ANCESTORS; depth++) {
            Integer length = lengths.get(type + "." + column);
            if (length != null) {
                return OptionalInt.of(length);
            }
            type = baseOfType.get(type);
        }
        return OptionalInt.empty();
    }
}
