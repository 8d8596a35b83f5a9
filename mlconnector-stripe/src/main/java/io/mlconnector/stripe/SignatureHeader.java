package io.mlconnector.stripe;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A {@code Stripe-Signature}: {@code t=<epoch seconds>,v1=<hex>}, with more signatures while secrets are rolled, and with schemes that
 * are not ours.
 *
 * @param time the time as it is written, which is what is signed
 * @param signatures those of the scheme v1
 */
record SignatureHeader(String time, List<byte[]> signatures) {

    private static final int MOST_PARTS = 50;
    private static final Pattern TIME = Pattern.compile("[0-9]{1,12}");
    private static final Pattern SIGNATURE = Pattern.compile("[0-9a-f]{64}");

    /** Returns the parts of a header; empty if it has not one time and at least one signature. */
    static Optional<SignatureHeader> of(String header) {
        String[] parts = header.split(",", MOST_PARTS + 1);
        if (parts.length > MOST_PARTS) {
            return Optional.empty();
        }
        var times = new ArrayList<String>();
        var signatures = new ArrayList<byte[]>();
        for (String part : parts) {
            int equals = part.indexOf('=');
            String name = equals < 0 ? "" : part.substring(0, equals).strip();
            String value = part.substring(equals + 1).strip();
            if (name.equals("t")) {
                times.add(value);
            } else if (name.equals("v1") && SIGNATURE.matcher(value).matches()) {
                signatures.add(HexFormat.of().parseHex(value));
            }
        }
        boolean readable = times.size() == 1 && TIME.matcher(times.get(0)).matches() && !signatures.isEmpty();
        return readable ? Optional.of(new SignatureHeader(times.get(0), signatures)) : Optional.empty();
    }

    long seconds() {
        return Long.parseLong(time);
    }
}
