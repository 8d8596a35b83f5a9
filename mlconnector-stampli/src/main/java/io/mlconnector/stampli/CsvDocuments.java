package io.mlconnector.stampli;

import static java.util.Objects.requireNonNull;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.mlconnector.mapping.Row;
import io.mlconnector.mapping.RowBuilder;
import io.mlconnector.mapping.RowLayout;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The documents of a CSV file: consecutive rows with the same key are one document. */
final class CsvDocuments implements DocumentReader, Document.Source {

    static final int MOST_LINES = 5_000;

    private static final String TRAILER = "TRAILER";
    private static final int LONGEST_HEADER = 65_536;
    private static final int BUFFER = 262_144; // more letters than a field may have

    private final String file;
    private final FileContract<?> contract;
    private final CsvStyle style;
    private final char separator;
    private final CsvReader<Boolean> reader;
    private final CloseableIterator<Boolean> rows;
    private final CsvRows sink;
    private final CsvColumns columns;
    private final RowBuilder documents;
    private final @Nullable RowBuilder lines;
    private final TextMemory memory;
    private final int linesSlot;
    private final int dimensionSlot;

    private RowGroup group = new RowGroup();
    private RowGroup coming = new RowGroup();
    private boolean hasComing;
    private boolean tooMany;

    /** Whether all rows of the group say the same of their document. */
    private boolean alike;

    private int rowsInAll;
    private int ordinal = -1;
    private @Nullable Trailer trailer;

    CsvDocuments(String file, Reader text, CsvStyle style, FileContract<?> contract) throws IOException {
        this.file = file;
        this.contract = contract;
        this.style = style;
        BufferedReader buffered = new BufferedReader(text);
        try {
            this.separator = style.separator() == CsvStyle.DETECT ? separatorOf(buffered) : style.separator();
        } catch (CharacterCodingException e) {
            throw undecodable(e);
        }
        CountedReader counted = new CountedReader(buffered);
        this.sink = new CsvRows(file, counted, group);
        this.reader = CsvReader.builder()
                .fieldSeparator(separator)
                .skipEmptyLines(true)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .maxBufferSize(BUFFER)
                .build(sink, counted);
        this.rows = reader.iterator();
        if (!readRow()) {
            throw new BadFileException(file + ": the header row is missing");
        }
        this.columns = CsvColumns.of(file, header(), style.aliases(), contract);
        group.clear();
        this.documents = new RowBuilder(contract.layout());
        RowLayout lineLayout = contract.lineLayout();
        this.lines = lineLayout == null ? null : new RowBuilder(lineLayout);
        this.linesSlot = lineLayout == null ? -1 : contract.layout().slot(FileContract.LINES);
        this.memory = new TextMemory(columns.count());
        this.dimensionSlot = lineLayout != null && lineLayout.paths().contains(FileContract.DIMENSIONS)
                ? lineLayout.slot(FileContract.DIMENSIONS)
                : -1;
    }

    private List<String> header() {
        var header = new ArrayList<String>();
        for (int column = 0; column < group.width(0); column++) {
            header.add(group.text(0, column));
        }
        return header;
    }

    /** The separator that the first row has most of, outside of quotes. */
    private static char separatorOf(BufferedReader text) throws IOException {
        text.mark(LONGEST_HEADER);
        int[] counts = new int[CsvStyle.SEPARATORS.length()];
        boolean quoted = false;
        for (int i = 0; i < LONGEST_HEADER - 1; i++) {
            int letter = text.read();
            if (letter < 0 || (!quoted && (letter == '\n' || letter == '\r'))) {
                break;
            }
            quoted ^= letter == '"';
            int which = CsvStyle.SEPARATORS.indexOf(letter);
            if (which >= 0 && !quoted) {
                counts[which]++;
            }
        }
        text.reset();
        int best = 0;
        for (int which = 1; which < counts.length; which++) {
            best = counts[which] > counts[best] ? which : best;
        }
        return CsvStyle.SEPARATORS.charAt(best);
    }

    private boolean readRow() throws IOException {
        try {
            if (!rows.hasNext()) {
                return false;
            }
            rows.next();
            return true;
        } catch (CsvParseException e) {
            if (e.getCause() instanceof BadFileException bad) {
                throw bad;
            }
            Throwable below = e.getCause() == null ? e : e.getCause();
            throw new BadFileException(
                    file + ": the row that begins before line " + (lastLine() + 1) + " is no CSV: "
                            + below.getMessage(),
                    e);
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof CharacterCodingException coding) {
                throw undecodable(coding);
            }
            throw e.getCause();
        }
    }

    private BadFileException undecodable(CharacterCodingException cause) {
        return new BadFileException(
                file + ", after line " + Math.max(1, lastLine()) + ": the text is not " + style.charset()
                        + "; see charset and fallbackCharset",
                cause);
    }

    private long lastLine() {
        return group.rows() == 0 ? 0 : group.line(group.rows() - 1);
    }

    @Override
    public boolean next() throws IOException {
        RowGroup old = group;
        if (hasComing) {
            group = coming;
            coming = old;
        }
        coming.clear();
        if (!hasComing) {
            group.clear();
        }
        sink.into(group);
        tooMany = false;
        alike = true;
        while (trailer == null) {
            if (!hasComing && !readRow()) {
                break;
            }
            hasComing = false;
            int last = group.rows() - 1;
            if (group.equals(last, 0, TRAILER)) {
                readTrailer(last);
                break;
            }
            if (last == 0) {
                continue;
            }
            if (!repeatsAll(last)) {
                if (!sameDocument(last)) {
                    group.moveLastRowTo(coming);
                    hasComing = true;
                    break;
                }
                alike = false;
            }
            if (group.rows() > MOST_LINES) {
                group.removeLastRow();
                tooMany = true;
            }
        }
        if (group.rows() == 0) {
            return false;
        }
        rowsInAll += group.rows();
        ordinal++;
        return true;
    }

    private void readTrailer(int row) throws IOException {
        var texts = new ArrayList<@Nullable String>();
        for (int column = 1; column <= 3; column++) {
            texts.add(column < group.width(row) ? group.text(row, column) : null);
        }
        trailer = Trailer.of(file, style.decimals(), texts);
        group.removeLastRow();
        sink.into(coming);
        coming.clear();
        if (readRow()) {
            throw new BadFileException(file + ", line " + coming.line(0) + ": there are rows behind the trailer");
        }
        sink.into(group);
    }

    /** Returns whether a row says of its document what the first row says: nearly all do, and this is the quick way to tell. */
    private boolean repeatsAll(int row) {
        int[] runs = columns.runs;
        boolean same = lines != null;
        for (int run = 0; run < runs.length && same; run += 2) {
            same = group.same(0, row, runs[run], runs[run + 1]);
        }
        return same;
    }

    /** A row that is too short or too long still belongs to its document, as long as it names it. */
    private boolean sameDocument(int row) {
        if (lines == null) {
            return false;
        }
        for (int column : columns.keys) {
            if (!group.same(0, row, column)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public Document document() {
        List<String> faults = faults();
        return new Document(ordinal, group.line(0), row(), faults, this);
    }

    @Override
    public long line(int row) {
        return group.line(row < group.rows() ? row : 0);
    }

    @Override
    public String raw() {
        return group.csv(separator);
    }

    private Row row() {
        group.fill(0, columns.ofDocument, memory, documents);
        if (lines != null) {
            documents.beginList(linesSlot);
            for (int row = 0; row < group.rows(); row++) {
                group.fill(row, columns.ofLine, memory, lines);
                if (columns.dimensions.length > 0 && dimensionSlot >= 0) {
                    lines.put(dimensionSlot, Row.Kind.TEXT, dimensions(row));
                }
                documents.append(linesSlot, lines.build());
            }
        }
        return documents.build();
    }

    private String dimensions(int row) {
        var text = new StringBuilder();
        for (int column : columns.dimensions) {
            if (!group.isEmpty(row, column)) {
                Dimensions.append(text, columns.dimension(column), group.text(row, column));
            }
        }
        return text.toString();
    }

    private List<String> faults() {
        List<String> faults = List.of();
        for (int row = 0; row < group.rows(); row++) {
            if (group.width(row) != columns.count()) {
                faults = with(
                        faults,
                        place(row) + ": the row has " + group.width(row) + " columns where the header has "
                                + columns.count());
                continue;
            }
            if (!alike && row > 0 && group.width(0) == columns.count()) {
                for (int column : columns.repeated) {
                    if (!group.same(0, row, column)) {
                        faults = with(
                                faults,
                                place(row) + ", column " + columns.written(column) + ": '"
                                        + group.text(row, column) + "' differs from '" + group.text(0, column)
                                        + "' on line "
                                        + group.line(0) + ", although both rows belong to one document");
                    }
                }
            }
        }
        if (tooMany) {
            faults = with(faults, place(0) + ": the document has more than " + MOST_LINES + " lines");
        }
        return faults;
    }

    private static List<String> with(List<String> faults, String fault) {
        List<String> more = faults.isEmpty() ? new ArrayList<>() : faults;
        more.add(fault);
        return more;
    }

    private String place(int row) {
        return file + ", line " + group.line(row);
    }

    @Override
    public String key() {
        var key = new StringBuilder();
        for (int column : columns.keys) {
            key.append(group.isEmpty(0, column) ? "" : group.text(0, column)).append('\u001f');
        }
        return key.toString();
    }

    @Override
    public int lines() {
        return group.rows();
    }

    @Override
    public @Nullable BigDecimal total() {
        if (columns.total < 0 || group.isEmpty(0, columns.total)) {
            return null;
        }
        return style.decimals().read(group.text(0, columns.total));
    }

    @Override
    public Set<String> unused() {
        return columns.unused();
    }

    @Override
    public @Nullable Trailer trailer() {
        return trailer;
    }

    /** Returns what the file calls a column. */
    String title(String column) {
        return columns.writtenFor(column);
    }

    int rowsInAll() {
        return rowsInAll;
    }

    @Override
    public void close() throws IOException {
        requireNonNull(reader, "reader").close();
    }

    @Override
    public String toString() {
        return file + " " + contract.entity();
    }
}
