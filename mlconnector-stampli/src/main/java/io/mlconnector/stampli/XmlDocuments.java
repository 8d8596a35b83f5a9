package io.mlconnector.stampli;

import io.mlconnector.mapping.Row;
import io.mlconnector.mapping.RowBuilder;
import io.mlconnector.mapping.RowLayout;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** The documents of an XML file. Element and attribute names are those of the columns in camel case. */
final class XmlDocuments implements DocumentReader, Document.Source {

    private static final int DEEPEST = 32;
    private static final int LONGEST_TEXT = 65_536;
    private static final int MOST_ATTRIBUTES = 64;
    private static final int MOST_DOCUMENTS = 100_000;
    private static final long LONGEST_DOCUMENT = 16L << 20;

    private static final String LINE = "Line";
    private static final String TRAILER = "Trailer";
    private static final String DIMENSION = "Dimension";

    private final String file;
    private final InputStream bytes;
    private final XMLStreamReader reader;
    private final FileContract<?> contract;
    private final CsvStyle style;
    private final Set<String> unused = new TreeSet<>();
    private final Map<String, String> ofFile = new LinkedHashMap<>();

    private Texts texts = new Texts();
    private List<Texts> lines = List.of();
    private List<Long> numbers = List.of();
    private StringBuilder raw = new StringBuilder();
    private int ordinal = -1;
    private @Nullable Trailer trailer;

    XmlDocuments(String file, InputStream bytes, CsvStyle style, FileContract<?> contract) throws IOException {
        this.file = file;
        this.bytes = bytes;
        this.style = style;
        this.contract = contract;
        try {
            this.reader = factory().createXMLStreamReader(bytes);
            begin();
        } catch (XMLStreamException e) {
            throw broken(e);
        }
    }

    /** The parser of the JDK, whatever others are on the class path, with everything off that reaches beyond the file. */
    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        return factory;
    }

    private void begin() throws XMLStreamException, IOException {
        int event = step();
        while (event != XMLStreamConstants.START_ELEMENT) {
            event = step();
        }
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            ofFile.put(snake(reader.getAttributeLocalName(i)), reader.getAttributeValue(i));
        }
    }

    @Override
    public boolean next() throws IOException {
        try {
            while (reader.hasNext()) {
                int event = step();
                if (event != XMLStreamConstants.START_ELEMENT) {
                    continue;
                }
                String name = reader.getLocalName();
                if (trailer != null) {
                    throw new BadFileException(place(line()) + ": <" + name + "> stands behind the trailer");
                }
                if (name.equals(contract.element())) {
                    if (++ordinal >= MOST_DOCUMENTS) {
                        throw new BadFileException(file + ": it has more than " + MOST_DOCUMENTS + " documents");
                    }
                    readDocument();
                    return true;
                }
                if (name.equals(TRAILER)) {
                    trailer = Trailer.of(
                            file,
                            style.decimals(),
                            Arrays.asList(
                                    attribute(contract.element().toLowerCase(Locale.ROOT) + "s", "documents"),
                                    attribute("lines", "lines"),
                                    attribute("total", "total")));
                } else {
                    unused.add(name);
                    skipElement();
                }
            }
            return false;
        } catch (XMLStreamException e) {
            throw broken(e);
        }
    }

    private @Nullable String attribute(String name, String otherwise) {
        String value = reader.getAttributeValue(null, name);
        return value == null ? reader.getAttributeValue(null, otherwise) : value;
    }

    private void skipElement() throws XMLStreamException, IOException {
        int depth = 1;
        while (depth > 0) {
            int event = step();
            depth += event == XMLStreamConstants.START_ELEMENT ? 1 : event == XMLStreamConstants.END_ELEMENT ? -1 : 0;
            if (depth > DEEPEST) {
                throw new BadFileException(place(line()) + ": the elements are more than " + DEEPEST + " deep");
            }
        }
    }

    private void readDocument() throws XMLStreamException, IOException {
        texts = new Texts();
        lines = new ArrayList<>();
        numbers = new ArrayList<>();
        raw = new StringBuilder();
        numbers.add(line());
        readElement("", texts, 1);
        ofFile.forEach(texts::putIfAbsent);
    }

    /** Reads what is in the current element, which is below a path of the document. */
    private void readElement(String path, Texts into, int depth) throws XMLStreamException, IOException {
        if (depth > DEEPEST) {
            throw new BadFileException(place(line()) + ": the elements are more than " + DEEPEST + " deep");
        }
        String name = reader.getLocalName();
        raw.append('<').append(name);
        boolean dimension = name.equals(DIMENSION);
        String dimensionName = null;
        if (reader.getAttributeCount() > MOST_ATTRIBUTES) {
            throw new BadFileException(
                    place(line()) + ": <" + name + "> has more than " + MOST_ATTRIBUTES + " attributes");
        }
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            String attribute = reader.getAttributeLocalName(i);
            String value = reader.getAttributeValue(i);
            checkLength(value.length(), name);
            raw.append(' ')
                    .append(attribute)
                    .append("=\"")
                    .append(escaped(value))
                    .append('"');
            if (dimension && attribute.equals("name")) {
                dimensionName = value;
            } else {
                put(into, path.isEmpty() ? "@" + attribute : path + "/@" + attribute, value);
            }
        }
        raw.append('>');
        var text = new StringBuilder();
        boolean leaf = true;
        for (int event = step(); event != XMLStreamConstants.END_ELEMENT; event = step()) {
            if (event == XMLStreamConstants.START_ELEMENT) {
                leaf = false;
                String child = reader.getLocalName();
                if (child.equals(LINE) && contract.lineLayout() != null) {
                    if (lines.size() == CsvDocuments.MOST_LINES) {
                        throw new BadFileException(
                                place(line()) + ": the document has more than " + CsvDocuments.MOST_LINES + " lines");
                    }
                    numbers.add(line());
                    var line = new Texts();
                    lines.add(line);
                    readElement(LINE, line, depth + 1);
                } else {
                    readElement(below(path, child), into, depth + 1);
                }
            } else if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
                checkLength(text.length() + reader.getTextLength(), name);
                text.append(reader.getTextCharacters(), reader.getTextStart(), reader.getTextLength());
            }
            if (raw.length() > LONGEST_DOCUMENT) {
                throw new BadFileException(
                        place(numbers.get(0)) + ": the document has more than " + LONGEST_DOCUMENT + " characters");
            }
        }
        if (leaf) {
            raw.append(escaped(text.toString()));
            if (dimensionName != null) {
                into.append(FileContract.DIMENSIONS, dimension(dimensionName, text.toString()));
            } else if (!path.isEmpty() && !text.toString().isBlank()) {
                put(into, path, text.toString());
            }
        }
        raw.append("</").append(name).append('>');
    }

    private static String dimension(String name, String value) {
        var text = new StringBuilder();
        Dimensions.append(text, CsvColumns.normal(name), value);
        return text.toString();
    }

    private static String below(String path, String child) {
        // the element that holds the lines or the dimensions adds nothing to the path
        if (child.equals("Lines") || child.equals("Dimensions")) {
            return path;
        }
        return path.isEmpty() ? child : path + "/" + child;
    }

    private void put(Texts into, String path, String value) {
        String column = contract.names().get(path);
        if (column == null) {
            String last = path.substring(path.lastIndexOf('/') + 1).replace("@", "");
            String plain = snake(last);
            column = style.aliases().getOrDefault(plain, plain);
        }
        into.put(column, value);
    }

    /** Returns {@code invoice_date} for {@code InvoiceDate}. */
    private static String snake(String name) {
        var text = new StringBuilder();
        for (int at = 0; at < name.length(); at++) {
            char letter = name.charAt(at);
            if (Character.isUpperCase(letter) && at > 0) {
                text.append('_');
            }
            text.append(Character.toLowerCase(letter));
        }
        return text.toString();
    }

    private void checkLength(int length, String element) {
        if (length > LONGEST_TEXT) {
            throw new BadFileException(
                    place(line()) + ": <" + element + "> has more than " + LONGEST_TEXT + " characters");
        }
    }

    private int step() throws XMLStreamException {
        int event = reader.next();
        if (event == XMLStreamConstants.DTD) {
            throw new BadFileException(place(line()) + ": a document type is not allowed");
        }
        if (event == XMLStreamConstants.ENTITY_REFERENCE) {
            throw new BadFileException(place(line()) + ": the entity " + reader.getLocalName() + " is not allowed");
        }
        return event;
    }

    private BadFileException broken(XMLStreamException cause) {
        long line = cause.getLocation() == null ? 0 : cause.getLocation().getLineNumber();
        String message = String.valueOf(cause.getMessage());
        int own = message.lastIndexOf("Message: ");
        return new BadFileException(
                place(line) + ": it is no whole XML: " + (own < 0 ? message : message.substring(own + 9)), cause);
    }

    private long line() {
        return reader.getLocation().getLineNumber();
    }

    private String place(long line) {
        return file + ", line " + line;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }

    @Override
    public Document document() {
        return new Document(ordinal, numbers.get(0), row(), List.of(), this);
    }

    /** The rows of a document are its lines; the document itself begins before them. */
    @Override
    public long line(int row) {
        return numbers.get(row + 1 < numbers.size() ? row + 1 : 0);
    }

    @Override
    public String raw() {
        return raw.toString();
    }

    private Row row() {
        var builder = new RowBuilder(contract.layout());
        fill(builder, contract.layout(), texts);
        RowLayout lineLayout = contract.lineLayout();
        if (lineLayout != null) {
            builder.beginList(contract.layout().slot(FileContract.LINES));
            var lineBuilder = new RowBuilder(lineLayout);
            for (Texts line : lines) {
                fill(lineBuilder, lineLayout, line);
                builder.append(contract.layout().slot(FileContract.LINES), lineBuilder.build());
            }
        }
        return builder.build();
    }

    private void fill(RowBuilder builder, RowLayout layout, Texts from) {
        from.values.forEach((column, text) -> {
            if (layout.paths().contains(column)) {
                builder.put(layout.slot(column), Row.Kind.TEXT, text);
                if (from.doubled.contains(column)) {
                    builder.put(layout.slot(column), Row.Kind.TEXT, text);
                }
            } else if (!ofFile.containsKey(column)) {
                unused.add(column);
            }
        });
    }

    @Override
    public String key() {
        var key = new StringBuilder();
        contract.keys()
                .forEach(column ->
                        key.append(texts.values.getOrDefault(column, "")).append('\u001f'));
        return key.toString();
    }

    @Override
    public int lines() {
        return contract.lineLayout() == null ? 1 : lines.size();
    }

    @Override
    public @Nullable BigDecimal total() {
        String text = contract.totalColumn() == null ? null : texts.values.get(contract.totalColumn());
        return text == null ? null : style.decimals().read(text.strip());
    }

    @Override
    public Set<String> unused() {
        return unused;
    }

    @Override
    public @Nullable Trailer trailer() {
        return trailer;
    }

    /** The texts of a document or a line, by column. */
    private static final class Texts {

        private final Map<String, String> values = new LinkedHashMap<>();
        private final Set<String> doubled = new HashSet<>();

        void put(String column, String value) {
            if (values.putIfAbsent(column, value) != null) {
                doubled.add(column);
            }
        }

        void putIfAbsent(String column, String value) {
            values.putIfAbsent(column, value);
        }

        void append(String column, String value) {
            values.merge(column, value, String::concat);
        }
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }

    @Override
    public String toString() {
        return file + " " + contract.entity();
    }
}
