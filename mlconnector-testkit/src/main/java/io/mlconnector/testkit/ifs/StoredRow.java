package io.mlconnector.testkit.ifs;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;

/** A committed row with its address and version in the database. */
record StoredRow(List<Object> key, IfsRow row, String address, Instant version) {

    private static final DateTimeFormatter VERSION =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneOffset.UTC);

    /** The version has a precision of one second, so two changes within a second share an ETag. */
    String etag() {
        String inner = "W/\"" + address + ":" + VERSION.format(version) + "\"";
        return "W/\"" + Base64.getEncoder().encodeToString(inner.getBytes(StandardCharsets.UTF_8)) + "\"";
    }

    /** Orders rows that a sort leaves equal: stable while nothing changes, and unrelated to the key. */
    int tieBreak() {
        return address.hashCode() * 0x9E3779B9;
    }
}
