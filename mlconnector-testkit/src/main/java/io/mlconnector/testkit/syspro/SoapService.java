package io.mlconnector.testkit.syspro;

import io.mlconnector.testkit.syspro.SysproRequest.Kind;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Calls of e.net as SOAP 1.1. */
final class SoapService {

    private static final String NAMESPACE = "http://SYSPROWcfServiceSoap";

    private static final Map<String, Kind> OPERATIONS = Map.of(
            "Logon", Kind.LOGON,
            "Logoff", Kind.LOGOFF,
            "GetLogonProfile", Kind.PROFILE,
            "QueryQuery", Kind.QUERY,
            "TransactionPost", Kind.POST);

    private final EnetService enet;
    private final boolean offered;

    SoapService(EnetService enet, boolean offered) {
        this.enet = enet;
        this.offered = offered;
    }

    SysproRequest seen(WireRequest request) {
        String action = request.header("SOAPAction").replace("\"", "");
        Kind kind = OPERATIONS.getOrDefault(action, Kind.OTHER);
        boolean named = kind == Kind.POST || kind == Kind.QUERY;
        return new SysproRequest(kind, named ? parameters(operation(request)).getOrDefault("businessobject", "") : "");
    }

    Reply answer(WireRequest request) {
        if (!offered) {
            return Reply.html(404, "Endpoint not found");
        }
        if (request.method().equals("GET")) {
            return Reply.of(
                    200,
                    "text/xml",
                    "<?xml version=\"1.0\"?><wsdl:definitions xmlns:wsdl=\"http://schemas.xmlsoap.org/wsdl/\""
                            + " targetNamespace=\"" + NAMESPACE + "\"/>");
        }
        Node operation = operation(request);
        Kind kind = OPERATIONS.getOrDefault(operation.name(), Kind.OTHER);
        boolean understood = request.header("SOAPAction").replace("\"", "").equals(operation.name());
        if (!understood || kind == Kind.OTHER) {
            return envelope(
                    500,
                    "<s:Fault><faultcode>s:Client</faultcode><faultstring>The message with Action"
                            + " cannot be processed at the receiver</faultstring></s:Fault>");
        }
        return telling(request, enet.answer(kind, parameters(operation)));
    }

    /** A text as the result of a call. */
    Reply telling(WireRequest request, String text) {
        String name = operation(request).name();
        return envelope(
                200,
                "<" + name + "Response xmlns=\"" + NAMESPACE + "\"><" + name + "Result>" + BusinessObjects.escaped(text)
                        + "</" + name + "Result></" + name + "Response>");
    }

    private static Node operation(WireRequest request) {
        Node envelope = Node.parse(new String(request.body(), StandardCharsets.UTF_8));
        return envelope.child("Body")
                .flatMap(body -> body.children().stream().findFirst())
                .orElse(new Node("nothing", "", List.of()));
    }

    private static Map<String, String> parameters(Node operation) {
        var parameters = new LinkedHashMap<String, String>();
        operation.children().forEach(child -> parameters.put(child.name().toLowerCase(Locale.ROOT), child.text()));
        return parameters;
    }

    private static Reply envelope(int status, String content) {
        return Reply.of(
                status,
                "text/xml; charset=utf-8",
                "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>" + content
                        + "</s:Body></s:Envelope>");
    }
}
