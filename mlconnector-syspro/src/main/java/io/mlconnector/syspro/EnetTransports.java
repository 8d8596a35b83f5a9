package io.mlconnector.syspro;

import io.mlconnector.http.OneShot;
import io.mlconnector.spi.ConfigurationException;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses what carries calls: SOAP where the site offers it, because a POST is sent once and has no limit of length, and REST
 * otherwise. Asks once. Safe for threads.
 */
final class EnetTransports {

    private static final Logger LOG = LoggerFactory.getLogger(EnetTransports.class);

    private final SysproSettings.Enet settings;
    private final EnetWire wire;
    private final String connection;
    private @Nullable EnetTransport chosen;
    private boolean unsure;

    EnetTransports(SysproSettings.Enet settings, EnetWire wire, String connection) {
        this.settings = settings;
        this.wire = wire;
        this.connection = connection;
    }

    synchronized EnetTransport chosen() {
        EnetTransport known = chosen;
        if (known == null) {
            known = switch (settings.transport()) {
                case REST -> rest();
                case SOAP ->
                    new SoapTransport(wire, settings.soapUrl(), offered().orElse(SoapTransport.NAMESPACE));
                case AUTO ->
                    offered()
                            .<EnetTransport>map(namespace -> new SoapTransport(wire, settings.soapUrl(), namespace))
                            .orElseGet(this::rest);
            };
            if (!unsure) {
                chosen = known;
                LOG.info("{}: e.net is called by {}", connection, known.name());
            }
        }
        return known;
    }

    private EnetTransport rest() {
        return new RestTransport(wire, settings.url(), settings.longestUrl());
    }

    EnetCall logon(Map<String, String> credentials) {
        var parameters = new LinkedHashMap<>(credentials);
        if (chosen() instanceof SoapTransport) {
            parameters.put("LanguageCode", "ENGLISH");
            parameters.put("LogLevel", "ldNoDebug");
            parameters.put("EncoreInstance", "EncoreInstance_0");
            parameters.put("XmlIn", "");
        }
        return new EnetCall(EnetCall.Operation.LOGON, "", parameters);
    }

    /** The namespace of the SOAP service, if there is one. */
    private Optional<String> offered() {
        URI description = URI.create(settings.soapUrl() + "?wsdl");
        unsure = false;
        try {
            OneShot.Answer answer = wire.read(description);
            if (answer.status() != 200) {
                return Optional.empty();
            }
            return namespace(answer.body());
        } catch (IOException e) {
            LOG.debug("{}: no answer about a SOAP service: {}", connection, e.getMessage());
            unsure = true; // asked again by the next call
            return Optional.empty();
        }
    }

    private Optional<String> namespace(byte[] wsdl) {
        try {
            return WsdlNamespace.of(wsdl);
        } catch (XMLStreamException e) {
            if (settings.transport() == SysproSettings.Transport.SOAP) {
                throw new ConfigurationException(
                        connection + ": " + settings.soapUrl() + " does not describe a SOAP service");
            }
            return Optional.empty();
        }
    }
}
