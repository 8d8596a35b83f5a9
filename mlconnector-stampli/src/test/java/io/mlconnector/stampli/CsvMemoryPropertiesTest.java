package io.mlconnector.stampli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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

    @Test
    void aCodeThatRepeatsIsOneTextWhereverItStands() {
        var memory = new TextMemory(2);

        assertThat(memory.text(1, "06100".toCharArray(), 0, 5)).isSameAs(memory.text(0, "x06100".toCharArray(), 1, 6));
    }

    private static void add(RowGroup group, List<String> row, long line) {
        group.beginRow(line);
        row.forEach(text -> group.addField(text.toCharArray(), 0, text.length()));
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
                Arbitraries.strings().withChars('a').ofMinLength(46).ofMaxLength(50),
                Arbitraries.strings().ofMaxLength(60),
                Arbitraries.strings().withChars('x').ofMinLength(9_000).ofMaxLength(9_001));
        return texts.list().ofSize(3).list().ofMinSize(1).ofMaxSize(20);
    }
}
