/**
 * Runs flows. A record goes one way: {@code Source.poll -> Planner -> Writer -> Sink.write -> Settler}. What is about to
 * be sent is committed first, what became of it afterwards, and the position moves last.
 */
@NullMarked
package io.mlconnector.engine;

import org.jspecify.annotations.NullMarked;
