package io.mlconnector.stampli;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.FilterReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** What the CSV reader remembers of earlier rows never shows in what it reads. */
class CsvMemoryPropertiesTest {

    @Property
    void aTextIsWhatItsLettersSayWhateverCameBefore(@ForAll("columns") List<List<String>> rows) {
        var memory = new TextMemory(3);
        for (List<String> row : rows) {
            for (int column = 0; column < 3; column++) {
                String text = row.get(column);
                char[] letters = ("<" + text + ">").toCharArray();

                assertThat(memory.text(column, letters, 1, letters.length - 1)).isEqualTo(text);
            }
        }
    }

    @Property
    void theLastRowOfADocumentBecomesTheFirstOfTheNext(@ForAll("columns") List<List<String>> rows) {
        var group = new RowGroup();
        var next = new RowGroup();
        add(next, List.of("left", "from", "before"), 1);
        for (int row = 0; row < rows.size(); row++) {
            add(group, rows.get(row), row + 10);
        }

        group.moveLastRowTo(next);

        int last = rows.size() - 1;
        assertThat(texts(next, 0)).isEqualTo(rows.get(last));
        assertThat(next.rows()).isEqualTo(1);
        assertThat(next.line(0)).isEqualTo(last + 10);
        assertThat(group.rows()).isEqualTo(last);
        for (int row = 0; row < last; row++) {
            assertThat(texts(group, row)).isEqualTo(rows.get(row));
        }
        add(next, rows.get(0), 99);
        assertThat(texts(next, 1)).isEqualTo(rows.get(0));
    }

    @Property
    void aFieldIsWhatTheFileSaysHoweverTheParserGotIt(
            @ForAll("columns") List<List<String>> rows, @ForAll long seed, @ForAll boolean littleAtOnce)
            throws IOException {
        var random = new SplittableRandom(seed);
        var text = new CountedReader(new Trickle(csv(rows, random), random, littleAtOnce ? 5 : 9_000));
        var group = new RowGroup();
        var next = new RowGroup();
        var sink = new CsvRows("rows.csv", text, group);
        try (CsvReader<Boolean> reader =
                CsvReader.builder().maxBufferSize(262_144).build(sink, text)) {
            CloseableIterator<Boolean> parsed = reader.iterator();
            int first = 0;
            for (int row = 0; row < rows.size(); row++) {
                assertThat(parsed.hasNext()).isTrue();
                parsed.next();
                if (random.nextInt(3) == 0) { // it belongs to the next document
                    group.moveLastRowTo(next);
                    RowGroup old = group;
                    group = next;
                    next = old;
                    sink.into(group);
                    first = row;
                }
                for (int earlier = first; earlier <= row; earlier++) {
                    assertThat(texts(group, earlier - first)).isEqualTo(rows.get(earlier));
                }
            }
            assertThat(parsed.hasNext()).isFalse();
        }
    }

    /** Quotes what must be quoted, and other fields at random. */
    private static String csv(List<List<String>> rows, SplittableRandom random) {
        var csv = new StringBuilder();
        for (List<String> row : rows) {
            for (int column = 0; column < row.size(); column++) {
                String field = row.get(column);
                boolean quoted = field.matches("(?s).*[\",\r\n].*") || random.nextInt(4) == 0;
                csv.append(column == 0 ? "" : ",").append(quoted ? '"' + field.replace("\"", "\"\"") + '"' : field);
            }
            csv.append('\n');
        }
        return csv.toString();
    }

    /** Gives as many letters at once as a net would: any number. */
    private static final class Trickle extends FilterReader {

        private final SplittableRandom random;
        private final int most;

        Trickle(String text, SplittableRandom random, int most) {
            super(new StringReader(text));
            this.random = random;
            this.most = most;
        }

        @Override
        public int read(char[] letters, int offset, int length) throws IOException {
            return super.read(letters, offset, Math.min(length, random.nextInt(1, most + 1)));
        }
    }

    @Test
    void aCodeThatRepeatsIsOneTextWhereverItStands() {
        var memory = new TextMemory(2);

        assertThat(memory.text(1, "06100".toCharArray(), 0, 5)).isSameAs(memory.text(0, "x06100".toCharArray(), 1, 6));
    }

    private static void add(RowGroup group, List<String> row, long line) {
        group.beginRow(line);
        row.forEach(text -> group.addField(text.toCharArray(), 0, text.length(), false, 0));
    }

    private static List<String> texts(RowGroup group, int row) {
        return List.of(group.text(row, 0), group.text(row, 1), group.text(row, 2));
    }

    @Provide
    Arbitrary<List<List<String>>> columns() {
        Arbitrary<String> texts = Arbitraries.oneOf(
                Arbitraries.strings()
                        .withChars('a', 'b', '\u0000', '\u00FF', '\u0100')
                        .ofMaxLength(9),
                Arbitraries.strings().withChars('a', 'b').ofMinLength(7).ofMaxLength(10),
                Arbitraries.strings().withChars('"', ',', '\n', '\r', 'a').ofMaxLength(12),
                Arbitraries.strings().withChars('a').ofMinLength(46).ofMaxLength(50),
                Arbitraries.strings().ofMaxLength(60),
                Arbitraries.strings().withChars('x').ofMinLength(9_000).ofMaxLength(9_001));
        return texts.list().ofSize(3).list().ofMinSize(1).ofMaxSize(20);
    }
}
