package io.mlconnector.stripe;

import java.util.LinkedHashMap;
import java.util.Map;

/** A line as it is sent: what it is worth, and the parameters. */
record DraftLine(String erpLine, long amount, long tax, Map<String, Object> parameters) {

    static DraftLine of(String erpLine, long amount, long tax, Map<String, Object> content) {
        var parameters = new LinkedHashMap<>(content);
        var metadata = new LinkedHashMap<String, Object>();
        metadata.put(LineMapping.LINE, erpLine);
        metadata.put(LineMapping.HASH, Attempt.hash(content.toString()));
        parameters.put("metadata", metadata);
        return new DraftLine(erpLine, amount, tax, parameters);
    }

    /** Returns whether Stripe holds the line like this already. */
    boolean sameAs(RemoteLine there) {
        return amount == there.amount()
                && tax == there.tax()
                && parameters.get("metadata") instanceof Map<?, ?> metadata
                && there.contentHash().equals(metadata.get(LineMapping.HASH));
    }

    /** Returns whether the line that is there can become this one: an amount and a quantity exclude each other. */
    boolean canReplace(RemoteLine there) {
        return !there.counted() || !parameters.containsKey("amount");
    }

    /** Returns the parameters that turn a line that is there into this one. */
    Map<String, Object> changing(RemoteLine there) {
        var changing = new LinkedHashMap<String, Object>();
        changing.put("id", there.id());
        changing.putAll(parameters);
        changing.putIfAbsent("tax_amounts", "");
        return changing;
    }
}
