package io.mlconnector.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Bars from the left, as a picture in SVG that is readable on light and on dark ground. */
final class BarChart {

    private static final int LABELS = 300;
    private static final int BARS = 420;
    private static final int VALUES = 110;
    private static final int LINE = 24;
    private static final int TOP = 34;

    private record Bar(String label, double value, double error, boolean own) {}

    private final String title;
    private final String unit;
    private final List<Bar> bars = new ArrayList<>();

    BarChart(String title, String unit) {
        this.title = title;
        this.unit = unit;
    }

    void add(String label, double value, double error, boolean own) {
        bars.add(new Bar(label, value, error, own));
    }

    String svg() {
        int width = LABELS + BARS + VALUES;
        int height = TOP + LINE * bars.size() + 8;
        double most = bars.stream().mapToDouble(Bar::value).max().orElse(1);
        var svg = new StringBuilder(format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\""
                        + " font-family=\"sans-serif\" font-size=\"13\">%n",
                width, height, width, height));
        svg.append(
                format("<title>%s</title>%n<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>%n", xml(title)));
        svg.append(format("<text x=\"8\" y=\"20\" font-weight=\"bold\">%s, %s</text>%n", xml(title), xml(unit)));
        int y = TOP;
        for (Bar bar : bars) {
            double length = BARS * bar.value / most;
            svg.append(format(
                    "<text x=\"%d\" y=\"%d\" text-anchor=\"end\"%s>%s</text>%n",
                    LABELS - 8, y + 15, bar.own ? " font-weight=\"bold\"" : "", xml(bar.label)));
            svg.append(format(
                    "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n",
                    LABELS, y + 3, Math.max(length, 1), LINE - 8, bar.own ? "#0b6e4f" : "#9aa5b1"));
            double error = BARS * bar.error / most;
            svg.append(format(
                    "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"#333333\"/>%n",
                    LABELS + Math.max(length - error, 0),
                    y + 11,
                    LABELS + Math.min(length + error, BARS + 30),
                    y + 11));
            svg.append(format(
                    "<text x=\"%.1f\" y=\"%d\">%s</text>%n",
                    LABELS + Math.min(length + error, BARS + 30) + 6, y + 15, Report.number(bar.value)));
            y += LINE;
        }
        return svg.append("</svg>\n").toString();
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }

    private static String xml(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
