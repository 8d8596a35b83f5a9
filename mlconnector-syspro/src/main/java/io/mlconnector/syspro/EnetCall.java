package io.mlconnector.syspro;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A call of e.net, whatever carries it. Prints no parameter: a password and bank data may be among them.
 *
 * @param operation what is asked
 * @param subject the business object, for messages; empty where there is none
 * @param parameters names and values, in order
 */
record EnetCall(Operation operation, String subject, Map<String, String> parameters) {

    /** The operations that are used. */
    enum Operation {
        LOGON("Logon", "Logon"),
        LOGOFF("Logoff", "Logoff"),
        PROFILE("GetLogonProfile", "GetLogonProfile"),
        QUERY("Query/Query", "QueryQuery"),
        POST("Transaction/Post", "TransactionPost");

        private final String route;
        private final String soapName;

        Operation(String route, String soapName) {
            this.route = route;
            this.soapName = soapName;
        }

        /** The route below the address of the REST service. */
        String route() {
            return route;
        }

        /** The operation of the SOAP contract, which is also its action. */
        String soapName() {
            return soapName;
        }
    }

    EnetCall {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    static EnetCall logoff(String token) {
        return new EnetCall(Operation.LOGOFF, "", Map.of("UserId", token));
    }

    static EnetCall profile(String token) {
        return new EnetCall(Operation.PROFILE, "", Map.of("UserId", token));
    }

    static EnetCall query(String token, String businessObject, String document) {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("UserId", token);
        parameters.put("BusinessObject", businessObject);
        parameters.put("XmlIn", document);
        return new EnetCall(Operation.QUERY, businessObject, parameters);
    }

    static EnetCall post(String token, Posting posting) {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("UserId", token);
        parameters.put("BusinessObject", posting.businessObject());
        parameters.put("XmlParameters", posting.parameters());
        parameters.put("XmlIn", posting.document());
        return new EnetCall(Operation.POST, posting.businessObject(), parameters);
    }

    /**
     * What is posted.
     *
     * @param businessObject such as ARSTPY
     * @param parameters its parameters as XML
     * @param document its document as XML
     */
    record Posting(String businessObject, String parameters, String document) {}

    @Override
    public String toString() {
        return subject.isEmpty() ? operation.route() : operation.route() + " " + subject;
    }
}
