package io.mlconnector.stampli;

import io.mlconnector.spi.Settings;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the texts of files are written.
 *
 * @param separator between the columns; {@link #DETECT} takes it from the header row
 * @param charset of files without a byte order mark
 * @param fallback tried where a file is not in {@code charset}; null if there is none
 * @param decimals how decimals are written
 * @param dates how dates are written
 * @param aliases what a file calls a column, in normal form, to its name in the contract
 */
record CsvStyle(
        char separator,
        Charset charset,
        @Nullable Charset fallback,
        DecimalStyle decimals,
        DateStyle dates,
        Map<String, String> aliases) {

    static final String SEPARATORS = ",;\t|";
    static final char DETECT = 0;

    /** Copies the table. */
    CsvStyle {
        aliases = Map.copyOf(aliases);
    }

    /** Which letter stands before the fraction. */
    enum Point {
        /** {@code 1234.50}. */
        DOT,
        /** {@code 1234,50}. */
        COMMA
    }

    /** Which letter stands between columns. */
    enum Separator {
        /** As the header row shows. */
        DETECT(CsvStyle.DETECT),
        /** A comma. */
        COMMA(','),
        /** A semicolon. */
        SEMICOLON(';'),
        /** A tab. */
        TAB('\t'),
        /** A vertical bar. */
        PIPE('|');

        private final char letter;

        Separator(char letter) {
            this.letter = letter;
        }
    }

    static CsvStyle read(Settings settings, Map<String, String> columns) {
        Point point = settings.choice("decimals", Point.DOT);
        char grouping = grouping(settings);
        char pointLetter = point == Point.COMMA ? ',' : '.';
        if (grouping == pointLetter) {
            settings.fault("grouping", "must differ from the letter before the fraction: " + grouping);
        }
        return new CsvStyle(
                settings.choice("separator", Separator.DETECT).letter,
                charset(settings, "charset", StandardCharsets.UTF_8),
                settings.has("fallbackCharset") ? charset(settings, "fallbackCharset", StandardCharsets.UTF_8) : null,
                new DecimalStyle(pointLetter, grouping, settings.flag("accounting", false)),
                dates(settings),
                aliases(columns));
    }

    private static char grouping(Settings settings) {
        String text = settings.text("grouping", "");
        if (text.length() > 1) {
            settings.fault("grouping", "must be one letter: '" + text + "'");
        }
        return text.isEmpty() ? (char) 0 : text.charAt(0);
    }

    private static Charset charset(Settings settings, String name, Charset otherwise) {
        String text = settings.text(name, otherwise.name());
        try {
            return Charset.forName(text);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            settings.fault(name, "must be a charset that this Java knows: " + text);
            return otherwise;
        }
    }

    private static DateStyle dates(Settings settings) {
        List<String> patterns = settings.texts("dates");
        try {
            return DateStyle.of(patterns);
        } catch (IllegalArgumentException e) {
            settings.fault("dates", "must be patterns such as dd.MM.uuuu: " + patterns);
            return DateStyle.ISO;
        }
    }

    private static Map<String, String> aliases(Map<String, String> columns) {
        var aliases = new LinkedHashMap<String, String>();
        columns.forEach((title, column) -> aliases.put(CsvColumns.normal(title), column));
        return aliases;
    }
}
