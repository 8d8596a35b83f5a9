package io.mlconnector.syspro;

import io.mlconnector.mapping.XmlRow;
import java.io.ByteArrayInputStream;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Finds the namespace of the messages in the description of a SOAP service: it differs between versions. */
final class WsdlNamespace {

    private WsdlNamespace() {}

    static Optional<String> of(byte[] wsdl) throws XMLStreamException {
        XMLStreamReader reader = XmlRow.open(new ByteArrayInputStream(wsdl));
        try {
            reader.nextTag();
            if (!reader.getLocalName().equals("definitions")) {
                return Optional.empty();
            }
            String namespace = reader.getAttributeValue(null, "targetNamespace");
            return Optional.of(namespace == null || namespace.isBlank() ? SoapTransport.NAMESPACE : namespace);
        } finally {
            reader.close();
        }
    }
}
