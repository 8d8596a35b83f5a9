package io.mlconnector.testkit.ifs;

import org.jspecify.annotations.Nullable;

/** A typed part of a filter. The literal null has no type. */
record Operand(@Nullable EdmType type, Evaluation evaluation) {

    /** Computes the value of the part for one row. */
    @FunctionalInterface
    interface Evaluation {

        @Nullable Object of(IfsRow row);
    }

    static Operand constant(Literal literal) {
        return new Operand(literal.type(), row -> literal.value());
    }

    static Operand nothing() {
        return new Operand(null, row -> null);
    }

    static Operand column(Column column) {
        return new Operand(column.type(), row -> row.value(column.name()));
    }

    String typeName() {
        return type == null ? "null" : type.edmName();
    }

    Operand requireType(EdmType wanted) {
        if (type != null && type != wanted) {
            throw Refusal.incompatibleTypes(type.edmName(), wanted.edmName());
        }
        return this;
    }

    boolean holdsFor(IfsRow row) {
        return Boolean.TRUE.equals(evaluation.of(row));
    }
}
