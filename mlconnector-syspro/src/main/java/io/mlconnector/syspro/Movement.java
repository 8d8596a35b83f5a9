package io.mlconnector.syspro;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * Money that moves at one invoice, as it is posted.
 *
 * @param customer the customer's key as stored
 * @param number the invoice's key as stored
 * @param applied what is posted to the invoice, positive
 * @param unapplied what is left for the customer's account, zero or more; never for money that went back
 * @param reference what the posting is found by
 * @param day when the money moved
 * @param narration for a person
 */
record Movement(
        String customer,
        String number,
        BigDecimal applied,
        BigDecimal unapplied,
        String reference,
        LocalDate day,
        String narration) {

    BigDecimal whole() {
        return applied.add(unapplied);
    }
}
