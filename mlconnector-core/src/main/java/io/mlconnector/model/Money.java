package io.mlconnector.model;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;

/**
 * An amount in a currency. The scale is at least the number of minor digits that ISO 4217 gives the currency, and more
 * only where the amount has more digits, so that equal amounts are equal values.
 *
 * @param amount the amount, positive or negative
 * @param currency ISO 4217 code in upper case, such as {@code EUR}
 */
public record Money(BigDecimal amount, String currency) {

    /**
     * Brings the amount to its scale.
     *
     * @throws IllegalArgumentException if the currency is no ISO 4217 code known to this JDK
     */
    public Money {
        int digits = minorDigits(currency);
        if (requireNonNull(amount, "amount").scale() > digits) {
            amount = amount.stripTrailingZeros();
        }
        amount = amount.setScale(Math.max(digits, amount.scale()), RoundingMode.UNNECESSARY);
    }

    /**
     * Returns an amount written in decimal notation.
     *
     * @param amount such as {@code 12.50}
     * @param currency ISO 4217 code in upper case
     * @return the money
     */
    public static Money of(String amount, String currency) {
        return new Money(new BigDecimal(amount), currency);
    }

    /**
     * Returns zero in a currency.
     *
     * @param currency ISO 4217 code in upper case
     * @return no money
     */
    public static Money zero(String currency) {
        return new Money(BigDecimal.ZERO, currency);
    }

    /**
     * Returns how many digits the minor unit of a currency has by ISO 4217. Remote systems may count otherwise; their
     * adapters keep their own lists.
     *
     * @param currency ISO 4217 code in upper case
     * @return 0 to 4
     * @throws IllegalArgumentException if the code is unknown
     */
    public static int minorDigits(String currency) {
        int digits;
        try {
            digits = Currency.getInstance(requireNonNull(currency, "currency")).getDefaultFractionDigits();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "currency must be an ISO 4217 code in upper case: '" + currency + "'", e);
        }
        return Math.max(digits, 0); // -1 for gold and the like
    }

    /**
     * Returns the sum of two amounts of one currency.
     *
     * @param other an amount in the same currency
     * @return the sum
     * @throws IllegalArgumentException if the currencies differ
     */
    public Money plus(Money other) {
        return new Money(amount.add(sameCurrency(other).amount), currency);
    }

    /**
     * Returns the difference of two amounts of one currency.
     *
     * @param other an amount in the same currency
     * @return this minus the other
     * @throws IllegalArgumentException if the currencies differ
     */
    public Money minus(Money other) {
        return new Money(amount.subtract(sameCurrency(other).amount), currency);
    }

    /**
     * Returns whether the amount has no more digits than the currency's minor unit.
     *
     * @return true if it can be paid exactly
     */
    public boolean isWholeMinorUnits() {
        return amount.scale() <= minorDigits(currency);
    }

    private Money sameCurrency(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException("currencies differ: " + this + " and " + other);
        }
        return other;
    }

    @Override
    public String toString() {
        return amount.toPlainString() + " " + currency;
    }
}
