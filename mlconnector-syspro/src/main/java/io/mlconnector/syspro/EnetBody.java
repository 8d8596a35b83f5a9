package io.mlconnector.syspro;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/**
 * What an answer of e.net says. Failures come with status 200, as a text or as XML; some hosts wrap the answer into a JSON text
 * or an element {@code string}.
 *
 * @param kind what it is
 * @param text the bare text, byte for byte: a token ends in blanks that belong to it
 * @param xml the document; null if it is none
 */
record EnetBody(Kind kind, String text, @Nullable EnetElement xml) {

    /** What an answer is. */
    enum Kind {
        /** A text that is no failure, such as a token. */
        TEXT,
        /** A document of a business object, possibly with errors inside. */
        DOCUMENT,
        /** The credentials are refused. */
        CREDENTIALS,
        /** The token is not, or no longer, that of a session. */
        TOKEN_LOST,
        /** The business object is not licensed, or the operator may not use it. */
        LICENCE,
        /** Any other failure told as text. */
        ERROR,
        /** The web server turned the call away before e.net saw it: no other call would fare better. */
        TURNED_AWAY,
        /** Not an answer of e.net: nothing, half a document, a page of a web server. */
        UNREADABLE
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Charset NARROW = Charset.forName("windows-1252");
    private static final Pattern FAILURE = Pattern.compile("(?is)^\\s*error\\b.*");
    private static final Pattern CREDENTIALS = Pattern.compile("(?i)invalid (operator|company|password)");
    private static final Pattern LOST =
            Pattern.compile("(?i)basedir|not logged on|invalid (user ?id|guid|session)|logged (off|out)");
    private static final Pattern UNLICENSED = Pattern.compile("(?i)licen[cs]e|exception.*100000");

    static EnetBody of(byte[] body) {
        int start = firstVisible(body);
        if (start < 0) {
            return new EnetBody(Kind.UNREADABLE, "nothing", null);
        }
        if (body[start] == '"') {
            return ofJson(body);
        }
        if (body[start] == '<') {
            return ofXml(body);
        }
        return ofText(new String(body, NARROW));
    }

    /** What a text says that came inside of something else, such as a SOAP answer. */
    static EnetBody ofInner(String text) {
        if (!text.strip().startsWith("<")) {
            return text.isBlank() ? new EnetBody(Kind.UNREADABLE, "nothing", null) : ofText(text);
        }
        try {
            return document(EnetElement.read(text), text);
        } catch (XMLStreamException e) {
            return new EnetBody(Kind.UNREADABLE, "XML that is not well-formed", null);
        }
    }

    /** What a status says that is no success. */
    static EnetBody ofStatus(int status) {
        Kind kind = status == 401 ? Kind.TOKEN_LOST : status < 500 ? Kind.TURNED_AWAY : Kind.UNREADABLE;
        return new EnetBody(kind, "status " + status, null);
    }

    /** What the text of a SOAP fault says. */
    static EnetBody ofFault(String text) {
        return new EnetBody(failure(text), text, null);
    }

    private static EnetBody ofJson(byte[] body) {
        try {
            return ofInner(JSON.readValue(new String(body, StandardCharsets.UTF_8), String.class));
        } catch (JsonProcessingException e) {
            return ofText(new String(body, NARROW));
        }
    }

    private static EnetBody ofXml(byte[] body) {
        EnetElement root;
        try {
            root = EnetElement.read(body);
        } catch (XMLStreamException e) {
            String start = new String(body, 0, Math.min(body.length, 200), NARROW).toLowerCase(Locale.ROOT);
            return new EnetBody(
                    Kind.UNREADABLE, start.contains("<html") ? page() : "XML that is not well-formed", null);
        }
        if (root.is("string") && root.children().isEmpty()) {
            return ofInner(root.raw());
        }
        return document(root, "");
    }

    private static EnetBody document(EnetElement root, String text) {
        return root.is("html") ? new EnetBody(Kind.UNREADABLE, page(), null) : new EnetBody(Kind.DOCUMENT, text, root);
    }

    private static EnetBody ofText(String text) {
        return FAILURE.matcher(text).matches() ? ofFault(text.strip()) : new EnetBody(Kind.TEXT, text, null);
    }

    private static Kind failure(String text) {
        if (CREDENTIALS.matcher(text).find()) {
            return Kind.CREDENTIALS;
        }
        if (LOST.matcher(text).find()) {
            return Kind.TOKEN_LOST;
        }
        return UNLICENSED.matcher(text).find() ? Kind.LICENCE : Kind.ERROR;
    }

    private static String page() {
        return "a page of a web server instead of an answer of e.net";
    }

    private static int firstVisible(byte[] body) {
        for (int at = 0; at < body.length; at++) {
            boolean mark = at < 3 && (body[at] & 0xff) >= 0xbb && body.length > 3 && (body[0] & 0xff) == 0xef;
            if (!mark && body[at] != ' ' && body[at] != '\r' && body[at] != '\n' && body[at] != '\t') {
                return at;
            }
        }
        return -1;
    }

    /** What was answered, short enough for a message. */
    String shortened() {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= 200 ? line : line.substring(0, 200) + "…";
    }

    @Override
    public String toString() {
        return "EnetBody[" + kind + "]"; // a text may be a token
    }
}
