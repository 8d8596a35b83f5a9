package io.mlconnector.testkit.syspro;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** COMFND: finds rows of a table. Names are case-sensitive, as the real one has them. */
final class TableFind {

    private TableFind() {}

    static String answer(SysproStore store, Node query) {
        if (!query.name().equals("Query") || query.value("ReturnRows").isEmpty()) {
            throw new IllegalArgumentException("a Query with ReturnRows is expected");
        }
        Table table = store.table(query.value("TableName"));
        List<Node> expressions =
                query.child("Where").map(where -> where.all("Expression")).orElse(List.of());
        List<String> columns = query.child("Columns").map(list -> list.all("Column")).orElse(List.of()).stream()
                .map(Node::text)
                .toList();
        List<Map<String, Object>> rows = table.rows().stream()
                .filter(row -> expressions.stream().allMatch(expression -> holds(table, row, expression)))
                .limit(Integer.parseInt(query.value("ReturnRows")))
                .toList();
        var xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"Windows-1252\"?>\n<")
                .append(table.name())
                .append(" Language='05' Version='8.0.012'>\n<HeaderDetails><TableName>")
                .append(table.name())
                .append("</TableName></HeaderDetails>\n");
        for (Map<String, Object> row : rows) {
            xml.append("<Row>");
            for (String column : columns) {
                Object value = row.get(column);
                String text = value instanceof BigDecimal number
                        ? String.format("%20s", number.toPlainString())
                        : value == null ? "" : value.toString();
                xml.append('<').append(column).append('>').append(BusinessObjects.escaped(text));
                xml.append("</").append(column).append('>');
            }
            xml.append("</Row>\n");
        }
        return xml.append("<RowsReturned>       ")
                .append(rows.size())
                .append("</RowsReturned></")
                .append(table.name())
                .append('>')
                .toString();
    }

    private static boolean holds(Table table, Map<String, Object> row, Node expression) {
        String column = expression.value("Column");
        if (!table.columns().containsKey(column)
                || !expression.value("Condition").equals("EQ")) {
            throw new IllegalArgumentException("only EQ on a known column is simulated: " + column);
        }
        Object value = row.get(column);
        return value != null && value.toString().equals(expression.value("Value"));
    }
}
