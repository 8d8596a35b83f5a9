package io.mlconnector.model;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The tax of one line, as the ERP worked it out.
 *
 * @param code the ERP's tax code; null if unknown
 * @param percentage the rate in percent, such as 19; null if unknown
 * @param amount the tax on top of the line's net amount
 */
public record LineTax(@Nullable String code, @Nullable BigDecimal percentage, Money amount) {

    /** Refuses a missing amount, and brings the percentage to its shortest form. */
    public LineTax {
        requireNonNull(amount, "amount");
        if (percentage != null) {
            percentage = percentage.stripTrailingZeros();
        }
    }
}
