package io.mlconnector.testkit.syspro;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/** An element of a document as it came in. */
record Node(String name, String text, List<Node> children) {

    static Node parse(String xml) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return of(factory.newDocumentBuilder()
                    .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)))
                    .getDocumentElement());
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new IllegalArgumentException("not well-formed: " + e.getMessage(), e);
        }
    }

    private static Node of(Element element) {
        var children = new ArrayList<Node>();
        var text = new StringBuilder();
        for (org.w3c.dom.Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element inner) {
                children.add(of(inner));
            } else {
                text.append(child.getTextContent());
            }
        }
        return new Node(element.getLocalName(), text.toString(), List.copyOf(children));
    }

    Optional<Node> child(String wanted) {
        return children.stream().filter(child -> child.name.equals(wanted)).findFirst();
    }

    List<Node> all(String wanted) {
        return children.stream().filter(child -> child.name.equals(wanted)).toList();
    }

    /** The text of a child; empty if it is not there. */
    String value(String wanted) {
        return child(wanted).map(Node::text).orElse("");
    }

    Stream<Node> tree() {
        return Stream.concat(Stream.of(this), children.stream().flatMap(Node::tree));
    }
}
