package io.mlconnector.testkit.syspro;

import io.mlconnector.testkit.syspro.SysproRequest.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The calls of e.net, whatever carries them: each answers with a text, also where it fails. */
final class EnetService {

    private final Sessions sessions;
    private final SysproStore store;
    private final BusinessObjects objects;
    private final Set<String> unlicensed = ConcurrentHashMap.newKeySet();

    EnetService(Sessions sessions, SysproStore store, BusinessObjects objects) {
        this.sessions = sessions;
        this.store = store;
        this.objects = objects;
    }

    Set<String> unlicensed() {
        return unlicensed;
    }

    /** Answers a call; the names of parameters are in lower case. */
    String answer(Kind kind, Map<String, String> parameters) {
        if (kind == Kind.LOGON) {
            for (String name : List.of("operator", "operatorpassword", "companyid", "companypassword")) {
                if (!parameters.containsKey(name)) {
                    return "ERROR: the parameter " + name + " is missing";
                }
            }
            return sessions.logOn(
                    parameters.getOrDefault("operator", ""),
                    parameters.getOrDefault("operatorpassword", ""),
                    parameters.getOrDefault("companyid", ""));
        }
        String token = parameters.getOrDefault("userid", "");
        if (kind == Kind.LOGOFF) {
            return sessions.logOff(token);
        }
        if (!sessions.knows(token)) {
            return "ERROR: The operator is not logged on, or was logged off by another logon";
        }
        String object = parameters.getOrDefault("businessobject", "").toUpperCase(Locale.ROOT);
        if (kind != Kind.PROFILE && unlicensed.contains(object)) {
            return "ERROR: e.net exception raised: 100000. The business object " + object + " is not registered";
        }
        return switch (kind) {
            case PROFILE -> profile();
            case QUERY -> query(object, parameters);
            case POST -> post(object, parameters);
            default -> "ERROR: unknown call";
        };
    }

    private static String profile() {
        return "<?xml version=\"1.0\" encoding=\"Windows-1252\"?><UserProfile><CompanyName>Caf\u00e9 M\u00fcller Ltd"
                + "</CompanyName><OperatorCode>STRIPE</OperatorCode><AccountingDate>2026-03-14</AccountingDate>"
                + "<LocalCurrencyCode>R</LocalCurrencyCode><SysproVersion>8.0.012</SysproVersion></UserProfile>";
    }

    private String query(String object, Map<String, String> parameters) {
        if (!object.equals("COMFND")) {
            return "ERROR: e.net exception raised: 100000. The business object " + object + " is not registered";
        }
        try {
            return TableFind.answer(store, Node.parse(parameters.getOrDefault("xmlin", "")));
        } catch (IllegalArgumentException e) {
            return "ERROR: " + e.getMessage();
        }
    }

    private String post(String object, Map<String, String> parameters) {
        if (!object.equals("ARSTPY") && !object.equals("ARSTIN")) {
            return "ERROR: e.net exception raised: 100000. The business object " + object + " is not registered";
        }
        try {
            return objects.post(
                    object,
                    Node.parse(parameters.getOrDefault("xmlparameters", "")),
                    Node.parse(parameters.getOrDefault("xmlin", "")));
        } catch (IllegalArgumentException e) {
            return "ERROR: " + e.getMessage();
        }
    }
}
