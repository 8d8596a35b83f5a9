package io.mlconnector.testkit.cloudsuite;

/** M3 says no to a transaction. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final String field;
    private final String type;

    private Refusal(String message, String code, String field, String type) {
        super(message, null, false, false);
        this.code = code;
        this.field = field;
        this.type = type;
    }

    static Refusal missing(String what, String field) {
        return new Refusal(what + " does not exist", "XRE0103", field, "ServerReturnedNOK");
    }

    static Refusal exists(String what, String field) {
        return new Refusal(what + " already exists", "XRE0104", field, "ServerReturnedNOK");
    }

    static Refusal business(String message, String code, String field) {
        return new Refusal(message, code, field, "ServerReturnedNOK");
    }

    static Refusal mandatory(String field) {
        return new Refusal("Field " + field + " is mandatory", "", field, "MandatoryInputFieldNotFound");
    }

    static Refusal tooLong(String field, int length) {
        return new Refusal("Field " + field + " is longer than " + length, "", field, "InputFieldTooLong");
    }

    static Refusal unknownField(String field) {
        return new Refusal("Field " + field + " is not an input of the transaction", "", field, "InputFieldNotFound");
    }

    static Refusal noSuchTransaction(String what) {
        return new Refusal(what + " was not found", "", "", "TransactionNotFound");
    }

    String code() {
        return code;
    }

    String field() {
        return field;
    }

    String type() {
        return type;
    }

    boolean ofTheRequest() {
        return type.equals("TransactionNotFound");
    }
}
