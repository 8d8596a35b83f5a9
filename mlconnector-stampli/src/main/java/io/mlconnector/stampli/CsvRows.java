package io.mlconnector.stampli;

import de.siegmar.fastcsv.reader.CsvCallbackHandler;
import de.siegmar.fastcsv.reader.RecordType;

/** Puts the fields that the CSV parser finds into a group of rows, without making texts of them. For one thread. */
final class CsvRows extends CsvCallbackHandler<Boolean> {

    private static final int LONGEST_FIELD = 65_536;
    private static final int LONGEST_ROW = 1_048_576;
    private static final int MOST_COLUMNS = 512;
    private static final int LOOK_MASK = 15; // every 16 columns

    private final String file;
    private final CountedReader text;
    private RowGroup group;
    private RecordType type = RecordType.DATA;
    private int column;
    private long line;

    CsvRows(String file, CountedReader text, RowGroup group) {
        this.file = file;
        this.text = text;
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
        group.beginRow(startingLineNumber);
    }

    @Override
    protected void addField(char[] letters, int offset, int length, boolean quoted) {
        column++;
        group.addField(letters, offset, length, quoted, text.reads());
        if (length > LONGEST_FIELD || column > MOST_COLUMNS || (column & LOOK_MASK) == 0) {
            refuseTooLarge(length);
        }
    }

    private void refuseTooLarge(int length) {
        if (length > LONGEST_FIELD) {
            throw new BadFileException(place() + " has a field of " + length + " characters, more than " + LONGEST_FIELD
                    + "; is a quote missing?");
        }
        if (column > MOST_COLUMNS) {
            throw new BadFileException(place() + " has more than " + MOST_COLUMNS + " columns");
        }
        if (group.sizeOfLastRow() > LONGEST_ROW) {
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
        refuseTooLarge(0);
        return Boolean.TRUE;
    }
}
