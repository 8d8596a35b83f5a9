package io.mlconnector.examples.kill;

/** The sinks whose processes are killed. */
enum KilledSinks {
    BILL("BILL, bills"),
    CLOUDSUITE("CloudSuite, payments"),
    SYSPRO("SYSPRO, payments"),
    IFS("IFS Cloud, supplier invoices");

    private final String text;

    KilledSinks(String text) {
        this.text = text;
    }

    KilledSink<?> sink() {
        return switch (this) {
            case BILL -> new BillSink();
            case CLOUDSUITE -> new CloudSuiteSink();
            case SYSPRO -> new SysproSink();
            case IFS -> new IfsSink();
        };
    }

    @Override
    public String toString() {
        return text;
    }
}
