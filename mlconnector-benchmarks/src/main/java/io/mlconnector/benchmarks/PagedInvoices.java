package io.mlconnector.benchmarks;

import io.mlconnector.http.HttpApi;
import io.mlconnector.http.HttpCall;
import io.mlconnector.model.Invoice;
import io.mlconnector.spi.Change;
import io.mlconnector.spi.ConnectorContext;
import io.mlconnector.spi.Page;
import io.mlconnector.spi.Position;
import io.mlconnector.spi.Source;
import java.net.URI;
import java.util.ArrayList;
import java.util.Optional;

/** A source of a number of pages over HTTP. For one thread at a time. */
final class PagedInvoices implements Source<Invoice> {

    private final HttpApi api =
            HttpApi.builder(ConnectorContext.ofDefaults("erp")).build();
    private final RuleInvoices rules = new RuleInvoices();
    private final URI uri;
    private final int pages;

    PagedInvoices(URI uri, int pages) {
        this.uri = uri;
        this.pages = pages;
    }

    long requests() {
        return api.stats().requests();
    }

    @Override
    public Class<Invoice> type() {
        return Invoice.class;
    }

    @Override
    public Page<Invoice> poll(Position from) {
        int number = from.isStart() ? 0 : Integer.parseInt(from.value());
        byte[] body = api.send(HttpCall.get(URI.create(uri + "?page=" + number), "page")
                        .build())
                .body();
        var changes = new ArrayList<Change<Invoice>>();
        rules.read(body, changes::add);
        return Page.of(changes, new Position(Integer.toString(number + 1)), number + 1 == pages);
    }

    @Override
    public Optional<Change<Invoice>> fetch(String id) {
        return Optional.empty();
    }
}
