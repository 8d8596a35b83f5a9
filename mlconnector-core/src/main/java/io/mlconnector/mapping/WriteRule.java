package io.mlconnector.mapping;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One rule of a {@link WriteMapping}.
 *
 * @param parameter the remote parameter
 * @param field the top-level canonical field that it comes from
 * @param remark what is done on the way
 * @param value the value out of a record; null if the adapter builds the parameter itself
 * @param path the names that lead to the parameter in a JSON body
 * @param formName the parameter as a form writes it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and shown to nobody
record WriteRule<T>(
        String parameter,
        String field,
        String remark,
        @Nullable Function<T, @Nullable Object> value,
        List<String> path,
        FormBody.Name formName) {

    static <T> WriteRule<T> of(
            String parameter, String field, String remark, @Nullable Function<T, @Nullable Object> value) {
        return new WriteRule<>(
                parameter, field, remark, value, List.of(parameter.split("/", -1)), FormBody.Name.of(parameter));
    }

    String text() {
        return parameter + " <- " + field + (remark.isEmpty() ? "" : ", " + remark);
    }
}
