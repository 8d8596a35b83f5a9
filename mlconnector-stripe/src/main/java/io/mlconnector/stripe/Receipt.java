package io.mlconnector.stripe;

import com.stripe.model.StripeObject;
import com.stripe.net.StripeResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the headers of an answer say: the id of the call, and whether it is the stored answer of an earlier one. */
record Receipt(boolean replayed, @Nullable String requestId) {

    static Receipt of(StripeObject object) {
        StripeResponse response = object.getLastResponse();
        if (response == null) {
            return new Receipt(false, null);
        }
        return new Receipt(
                response.headers().firstValue("Idempotent-Replayed").equals(Optional.of("true")), response.requestId());
    }
}
