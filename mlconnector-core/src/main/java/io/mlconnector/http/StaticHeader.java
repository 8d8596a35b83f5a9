package io.mlconnector.http;

import io.mlconnector.spi.Secret;
import java.util.Map;

/** One header that never changes. */
record StaticHeader(String name, Secret value) implements Authenticator {

    StaticHeader {
        HeaderRules.require(name, value.reveal());
    }

    @Override
    public Map<String, String> authenticate() {
        return Map.of(name, value.reveal());
    }
}
