package io.mlconnector.testkit.stripe;

import com.fasterxml.jackson.databind.JsonNode;

/** Reads one form value strictly, or refuses it under the given parameter name. */
@FunctionalInterface
interface ParameterType {

    JsonNode read(String name, FormValue value);
}
