package io.mlconnector.testkit.ifs;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The two documents that describe a service: its metadata and the list of its sets. */
final class MetadataDocument {

    private MetadataDocument() {}

    static Reply metadata(String service, List<EntitySetDefinition> sets) {
        String projection = service.substring(service.lastIndexOf('/') + 1, service.length() - ".svc".length());
        String namespace = "IfsApp." + projection;
        StringBuilder xml = new StringBuilder("""
                <?xml version="1.0" encoding="UTF-8"?>
                <edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">
                <edmx:DataServices>
                """);
        xml.append("<Schema xmlns=\"http://docs.oasis-open.org/odata/ns/edm\" Namespace=\"")
                .append(namespace)
                .append("\">\n");
        for (EntitySetDefinition set : sets) {
            entityType(xml, namespace, set, sets);
        }
        xml.append("<EntityContainer Name=\"").append(projection).append("\">\n");
        for (EntitySetDefinition set : sets) {
            xml.append("<EntitySet Name=\"%s\" EntityType=\"%s.%s\"/>%n".formatted(set.name(), namespace, type(set)));
        }
        xml.append("</EntityContainer>\n</Schema>\n</edmx:DataServices>\n</edmx:Edmx>\n");
        return Reply.of(200, "application/xml", xml.toString()).with("OData-Version", "4.0");
    }

    private static void entityType(
            StringBuilder xml, String namespace, EntitySetDefinition set, List<EntitySetDefinition> sets) {
        xml.append("<EntityType Name=\"").append(type(set)).append("\">\n<Key>");
        set.keys().forEach(column -> xml.append("<PropertyRef Name=\"%s\"/>".formatted(column.name())));
        xml.append("</Key>\n");
        for (String bookkeeping : List.of("luname", "keyref", "Objgrants")) {
            xml.append("<Property Name=\"%s\" Type=\"Edm.String\"/>%n".formatted(bookkeeping));
        }
        for (Column column : set.columns()) {
            String facets = column.isKey() ? " Nullable=\"false\"" : "";
            facets += column.type() == EdmType.DECIMAL ? " Scale=\"variable\"" : "";
            facets += column.length() > 0 ? " MaxLength=\"" + column.length() + "\"" : "";
            xml.append("<Property Name=\"%s\" Type=\"%s\"%s/>%n"
                    .formatted(column.name(), column.type().edmName(), facets));
        }
        set.children()
                .forEach((navigation, child) -> sets.stream()
                        .filter(candidate -> candidate.name().equals(child.set()))
                        .forEach(
                                candidate -> xml.append("<NavigationProperty Name=\"%s\" Type=\"Collection(%s.%s)\"/>%n"
                                        .formatted(navigation, namespace, type(candidate)))));
        xml.append("</EntityType>\n");
    }

    private static String type(EntitySetDefinition set) {
        return set.name().endsWith("Set") ? set.name().substring(0, set.name().length() - 3) : set.name();
    }

    static Reply service(String serviceUrl, List<EntitySetDefinition> sets) {
        ObjectNode root = new ObjectMapper().createObjectNode();
        root.put("@odata.context", serviceUrl + "/$metadata");
        ArrayNode value = root.putArray("value");
        for (EntitySetDefinition set : sets) {
            value.addObject().put("name", set.name()).put("kind", "EntitySet").put("url", set.name());
        }
        return Reply.of(200, Reply.JSON, root.toString()).with("OData-Version", "4.0");
    }
}
