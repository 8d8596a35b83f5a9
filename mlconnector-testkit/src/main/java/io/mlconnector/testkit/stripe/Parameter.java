package io.mlconnector.testkit.stripe;

/** A declared parameter of an endpoint. A clearable one may be sent empty to unset the field. */
record Parameter(String name, ParameterType type, boolean required, boolean clearable) {

    static Parameter required(String name, ParameterType type) {
        return new Parameter(name, type, true, false);
    }

    static Parameter optional(String name, ParameterType type) {
        return new Parameter(name, type, false, false);
    }

    static Parameter clearable(String name, ParameterType type) {
        return new Parameter(name, type, false, true);
    }
}
