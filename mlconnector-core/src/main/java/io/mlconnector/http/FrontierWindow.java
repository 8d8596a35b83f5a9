package io.mlconnector.http;

import org.jspecify.annotations.Nullable;

/**
 * A range of stamps.
 *
 * @param from the lower bound, null for none
 * @param fromIncluded whether rows stamped {@code from} belong to it
 * @param to the upper bound, which belongs to it; null for none
 * @param <S> the type of a stamp
 */
public record FrontierWindow<S>(
        @Nullable S from, boolean fromIncluded, @Nullable S to) {}
