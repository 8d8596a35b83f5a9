package io.mlconnector.syspro;

import java.io.StringWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/** Builds a document of a business object out of elements that it knows. For one thread. */
final class EnetDocument {

    private final Vocabulary vocabulary;
    private final StringWriter text = new StringWriter();
    private final XMLStreamWriter writer;
    private final Deque<String> open = new ArrayDeque<>();

    private EnetDocument(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
        try {
            writer = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
        } catch (XMLStreamException e) {
            throw unwritable(e);
        }
    }

    static EnetDocument of(Vocabulary vocabulary) {
        return new EnetDocument(vocabulary);
    }

    EnetDocument open(String element) {
        vocabulary.require(open.isEmpty() ? "" : open.peek(), element);
        try {
            writer.writeStartElement(element);
        } catch (XMLStreamException e) {
            throw unwritable(e);
        }
        open.push(element);
        return this;
    }

    EnetDocument close() {
        try {
            writer.writeEndElement();
        } catch (XMLStreamException e) {
            throw unwritable(e);
        }
        open.pop();
        return this;
    }

    /** An element with a text; nothing where there is no text. */
    EnetDocument put(String element, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            return this;
        }
        open(element);
        try {
            writer.writeCharacters(XmlText.clean(value));
        } catch (XMLStreamException e) {
            throw unwritable(e);
        }
        return close();
    }

    String text() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("<" + open.peek() + "> is still open");
        }
        return text.toString();
    }

    private static IllegalStateException unwritable(XMLStreamException e) {
        return new IllegalStateException("XML cannot be written to memory", e);
    }
}
