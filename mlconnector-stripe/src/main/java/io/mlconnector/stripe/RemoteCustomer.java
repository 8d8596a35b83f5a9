package io.mlconnector.stripe;

import static java.util.Objects.requireNonNull;

import com.stripe.model.Customer;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A customer as Stripe holds it. */
record RemoteCustomer(
        String id,
        Instant created,
        Map<String, String> metadata,
        boolean replayed,
        @Nullable String requestId) {

    static RemoteCustomer of(Customer customer) {
        Receipt receipt = Receipt.of(customer);
        Long created = customer.getCreated();
        Map<String, String> metadata = customer.getMetadata();
        return new RemoteCustomer(
                customer.getId(),
                Instant.ofEpochSecond(requireNonNull(created, "created")),
                metadata == null ? Map.of() : metadata,
                receipt.replayed(),
                receipt.requestId());
    }
}
