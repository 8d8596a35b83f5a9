package io.mlconnector.stripe;

import com.stripe.model.Price;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** A price of the catalog as Stripe holds it. */
record RemotePrice(
        String id,
        @Nullable String product,
        String currency,
        @Nullable BigDecimal unitAmount) {

    static RemotePrice of(Price price) {
        return new RemotePrice(price.getId(), price.getProduct(), price.getCurrency(), price.getUnitAmountDecimal());
    }
}
