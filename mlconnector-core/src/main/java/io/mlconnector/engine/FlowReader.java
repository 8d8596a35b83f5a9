package io.mlconnector.engine;

import io.mlconnector.spi.InboxEvent;
import io.mlconnector.spi.Source;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/** A flow as a {@link WebhookProcessor} sees it. */
record FlowReader<F extends Flow<?>>(
        F definition, Function<F, Source<?>> source, BiFunction<String, List<String>, FlowReport> refreshing)
        implements WebhookProcessor.Reader {

    @Override
    public String flow() {
        return definition.name();
    }

    @Override
    public List<String> affectedBy(InboxEvent event) {
        return source.apply(definition).affectedBy(event);
    }

    @Override
    public FlowReport refresh(List<String> ids) {
        return refreshing.apply(definition.name(), ids);
    }
}
