package io.mlconnector.syspro;

import io.mlconnector.http.OneShot;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Calls of e.net as SOAP 1.1 over POST: no limit of length, and nothing secret in an address. */
final class SoapTransport implements EnetTransport {

    static final String NAMESPACE = "http://SYSPROWcfService";

    private static final String ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/";

    private final EnetWire wire;
    private final URI address;
    private final String namespace;

    SoapTransport(EnetWire wire, URI address, String namespace) {
        this.wire = wire;
        this.address = address;
        this.namespace = namespace;
    }

    @Override
    public EnetBody send(EnetCall call) throws IOException {
        var headers = new LinkedHashMap<String, String>();
        headers.put("Content-Type", "text/xml; charset=utf-8");
        headers.put("SOAPAction", "\"" + call.operation().soapName() + "\"");
        byte[] body = envelope(call).getBytes(StandardCharsets.UTF_8);
        OneShot.Answer answer = wire.send(call, "POST", address, headers, body);
        if (answer.status() != 200 && answer.status() != 500) {
            return EnetBody.ofStatus(answer.status());
        }
        EnetElement root;
        try {
            root = EnetElement.read(answer.body());
        } catch (XMLStreamException e) {
            return new EnetBody(EnetBody.Kind.UNREADABLE, "status " + answer.status() + " and no SOAP envelope", null);
        }
        return content(root, call);
    }

    private static EnetBody content(EnetElement root, EnetCall call) {
        var fault = root.anywhere("faultstring");
        if (fault.isPresent()) {
            return EnetBody.ofFault(fault.get());
        }
        String result = call.operation().soapName() + "Result";
        return root.tree()
                .filter(element -> element.is(result))
                .findFirst()
                .map(element -> EnetBody.ofInner(decoded(element.raw(), call)))
                .orElseGet(() -> new EnetBody(EnetBody.Kind.UNREADABLE, "a SOAP answer without " + result, null));
    }

    /** The older contract answers in base64. A token looks like it, too, and is left alone. */
    private static String decoded(String text, EnetCall call) {
        String packed = text.replaceAll("\\s+", "");
        boolean document = call.operation() == EnetCall.Operation.QUERY || call.operation() == EnetCall.Operation.POST;
        if (!document || !packed.matches("[A-Za-z0-9+/]{8,}={0,2}") || packed.length() % 4 != 0) {
            return text;
        }
        return new String(Base64.getDecoder().decode(packed), StandardCharsets.UTF_8);
    }

    private String envelope(EnetCall call) {
        var text = new StringWriter();
        try {
            XMLStreamWriter writer = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            writer.writeStartDocument();
            writer.writeStartElement("s", "Envelope", ENVELOPE);
            writer.writeNamespace("s", ENVELOPE);
            writer.writeStartElement("s", "Body", ENVELOPE);
            writer.writeStartElement(call.operation().soapName());
            writer.writeDefaultNamespace(namespace);
            for (Map.Entry<String, String> parameter : call.parameters().entrySet()) {
                writer.writeStartElement(parameter.getKey());
                writer.writeCharacters(parameter.getValue());
                writer.writeEndElement();
            }
            writer.writeEndDocument();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("XML cannot be written to memory", e);
        }
        return text.toString();
    }

    @Override
    public int room(EnetCall call) {
        return Integer.MAX_VALUE;
    }

    @Override
    public String name() {
        return "SOAP";
    }
}
