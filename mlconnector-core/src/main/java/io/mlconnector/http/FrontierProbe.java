package io.mlconnector.http;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a look at the upper end of a set shows.
 *
 * @param newest the newest visible stamp, null if no row has one
 * @param remoteTime the {@code Date} of the answer, null if it has none; the guard against stamps in the future then sleeps, and the
 *     overlap is read in every cycle
 * @param <S> the type of a stamp
 */
public record FrontierProbe<S>(@Nullable S newest, @Nullable Instant remoteTime) {}
