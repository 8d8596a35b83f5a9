package io.mlconnector.stampli;

import de.siegmar.fastcsv.reader.CsvCallbackHandler;
import de.siegmar.fastcsv.reader.RecordType;

/** Puts the fields that the CSV parser finds into a group of rows, without making texts of them. For one thread. */
final class CsvRows extends CsvCallbackHandler<Boolean> {

    private static final int LONGEST_FIELD = 65_536;
    private static final int LONGEST_ROW = 1_048_576;
    private static final int MOST_COLUMNS = 512;

    private final String file;
    private RowGroup group;
    private RecordType type = RecordType.DATA;
    private int column;
    private int start;
    private long line;

    CsvRows(String file, RowGroup group) {
        this.file = file;
        this.group = group;
    }

    void into(RowGroup next) {
        group = next;
    }

    @Override
    protected RecordType getRecordType() {
        return type;
    }

    @Override
    protected int getFieldCount() {
        return column;
    }

    @Override
    protected void beginRecord(long startingLineNumber) {
        type = RecordType.DATA;
        column = 0;
        line = startingLineNumber;
        start = group.size();
        group.beginRow(startingLineNumber);
    }

    @Override
    protected void addField(char[] letters, int offset, int length, boolean quoted) {
        column++;
        if (length > LONGEST_FIELD) {
            throw new BadFileException(place() + " has a field of " + length + " characters, more than " + LONGEST_FIELD
                    + "; is a quote missing?");
        }
        if (column > MOST_COLUMNS) {
            throw new BadFileException(place() + " has more than " + MOST_COLUMNS + " columns");
        }
        group.addField(letters, offset, length);
        if (group.size() - start > LONGEST_ROW) {
            throw new BadFileException(place() + " has more than " + LONGEST_ROW + " characters");
        }
    }

    private String place() {
        return file + ", line " + line + ": the row";
    }

    @Override
    protected void setComment(char[] letters, int offset, int length) {
        throw new IllegalStateException("comments are not read");
    }

    @Override
    protected void setEmpty() {
        type = RecordType.EMPTY;
        group.removeLastRow();
    }

    /** The parser begins a row before it sees the end of the file. */
    @Override
    protected void terminate() {
        if (column == 0 && type == RecordType.DATA && group.rows() > 0 && group.width(group.rows() - 1) == 0) {
            group.removeLastRow();
        }
    }

    @Override
    protected Boolean buildRecord() {
        return Boolean.TRUE;
    }
}
