package io.mlconnector.ifs;

/**
 * The sets that a bill is written to.
 *
 * @param invoices its supplier invoice
 * @param lines of that
 * @param proposals the posting proposal of the invoice
 * @param vouchers its voucher
 * @param voucherRows of that
 */
record BillSets(
        WritableSet invoices,
        WritableSet lines,
        WritableSet proposals,
        WritableSet vouchers,
        WritableSet voucherRows) {}
