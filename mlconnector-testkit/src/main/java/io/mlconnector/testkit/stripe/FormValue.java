package io.mlconnector.testkit.stripe;

import java.util.LinkedHashMap;
import java.util.Map;

/** One value of a decoded form: text, or named members (array elements have their index as name). */
sealed interface FormValue {

    record Text(String value) implements FormValue {}

    record Group(Map<String, FormValue> members) implements FormValue {

        static Group empty() {
            return new Group(new LinkedHashMap<>());
        }
    }
}
