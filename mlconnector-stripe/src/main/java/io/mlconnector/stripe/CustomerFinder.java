package io.mlconnector.stripe;

import io.mlconnector.model.Customer;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Lookup;
import io.mlconnector.spi.TargetRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Finds a customer by the key in its metadata. Lists show what was written a moment ago; search may lag by an hour. */
final class CustomerFinder {

    private final StripeApi api;
    private final RemoteClock clock;
    private final String keyName;

    CustomerFinder(StripeApi api, RemoteClock clock, String keyName) {
        this.api = api;
        this.clock = clock;
        this.keyName = keyName;
    }

    /** By e-mail first, which is one short list; whoever is not found by that may have been given another address meanwhile. */
    List<RemoteCustomer> matches(Customer customer, Instant intendedAt) {
        List<RemoteCustomer> byEmail = customer.email() == null
                ? List.of()
                : since(Map.of("email", customer.email().strip()), customer.key(), intendedAt);
        return byEmail.isEmpty() ? since(Map.of(), customer.key(), intendedAt) : byEmail;
    }

    /** Returns the answer to matches of a record. */
    static Lookup answer(RecordKey key, List<String> ids) {
        return switch (ids.size()) {
            case 0 -> Lookup.ABSENT;
            case 1 -> new Lookup.Found(TargetRef.of(ids.get(0)));
            default -> new Lookup.CannotTell(several(key, ids));
        };
    }

    static String several(RecordKey key, List<String> ids) {
        return "Stripe has " + ids.size() + " objects of " + key + ": " + String.join(", ", ids)
                + "; keep one and delete the others";
    }

    /** Customers come newest first, so the walk ends at the time before which the write cannot have begun. */
    private List<RemoteCustomer> since(Map<String, Object> filter, RecordKey key, Instant intendedAt) {
        String wanted = Texts.key(key);
        var matches = new ArrayList<RemoteCustomer>();
        api.customers(filter, customer -> {
            if (customer.created().isBefore(clock.notBefore(intendedAt))) {
                return false;
            }
            if (wanted.equals(customer.metadata().get(keyName))) {
                matches.add(customer);
            }
            return true;
        });
        return matches;
    }
}
