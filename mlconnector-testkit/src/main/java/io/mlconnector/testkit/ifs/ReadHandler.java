package io.mlconnector.testkit.ifs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Answers queries and reads by key. */
final class ReadHandler {

    private final SandboxSettings settings;

    ReadHandler(SandboxSettings settings) {
        this.settings = settings;
    }

    Reply entity(Target target, List<Object> key, WireRequest request) {
        Optional<List<Column>> select = QueryOptions.ofEntity(target.table().definition(), request.query());
        StoredRow row = target.table()
                .find(key)
                .filter(found -> target.scope().test(found.row()))
                .orElseThrow(Refusal::notFound);
        return json(target, select, request).entity(200, row);
    }

    Reply collection(Target target, WireRequest request) {
        EntitySetDefinition definition = target.table().definition();
        QueryOptions options = QueryOptions.ofCollection(definition, request.query());
        if (options.filter().namesTimes()) {
            refuseTimeZoneAwareness(request);
        }
        int wanted = options.top().orElse(Integer.MAX_VALUE) - options.skipToken();
        int limit =
                options.top().isPresent() ? Math.min(wanted, settings.maximumPageSize()) : settings.defaultPageSize();
        long from = (long) options.skip() + options.skipToken();
        List<StoredRow> page = new ArrayList<>();
        long found = 0;
        for (StoredRow row : target.table().sorted(options.ordering())) {
            if (!target.scope().test(row.row()) || !options.filter().condition().holdsFor(row.row())) {
                continue;
            }
            found++;
            if (found > from && page.size() < limit) {
                page.add(row);
            } else if (found > from && !options.count()) {
                break;
            }
        }
        boolean cut = found > from + page.size() && page.size() < wanted;
        Optional<String> nextLink =
                cut && settings.nextLinks() ? Optional.of(nextLink(request, options, page.size())) : Optional.empty();
        Optional<Long> count = options.count() && settings.counts() ? Optional.of(found) : Optional.empty();
        return json(target, options.select(), request).page(page, count, nextLink);
    }

    private void refuseTimeZoneAwareness(WireRequest request) {
        boolean asked =
                request.header("X-Ifs-Time-Zone-Aware-Request").orElse("").equals("true");
        if (asked && !settings.timeZoneAware()) {
            throw Refusal.badRequest("The API is not time zone aware.");
        }
    }

    private String nextLink(WireRequest request, QueryOptions options, int served) {
        String kept = QueryOptions.decode(request.query()).entrySet().stream()
                .filter(option -> !option.getKey().equals("$skiptoken"))
                .map(option -> option.getKey() + "=" + PercentCode.encode(option.getValue()) + "&")
                .collect(Collectors.joining());
        return settings.origin(request) + request.path() + "?" + kept + "$skiptoken=" + (options.skipToken() + served);
    }

    private static RowJson json(Target target, Optional<List<Column>> select, WireRequest request) {
        return new RowJson(target.table().definition(), target.serviceUrl(), select, request.numbersAsText("Accept"));
    }
}
