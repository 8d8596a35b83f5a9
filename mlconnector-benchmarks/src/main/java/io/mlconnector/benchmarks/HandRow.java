package io.mlconnector.benchmarks;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fields that are needed of a row, as somebody who writes the decoder by hand keeps them. */
final class HandRow {

    String id = "";
    String number = "";
    String company = "";
    String customer = "";
    String issuedOn = "";
    String dueOn = "";
    String currency = "";
    BigDecimal net = BigDecimal.ZERO;
    BigDecimal tax = BigDecimal.ZERO;
    BigDecimal total = BigDecimal.ZERO;

    @Nullable String memo;

    String region = "";
    String modifiedAt = "";
    String version = "";
    final List<Line> lines = new ArrayList<>(4);

    static final class Line {

        String number = "";
        String text = "";
        String product = "";
        String taxCode = "";
        BigDecimal net = BigDecimal.ZERO;
        BigDecimal tax = BigDecimal.ZERO;
    }
}
