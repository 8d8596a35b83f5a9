/**
 * When flows run by themselves: schedules, calendars, and the scheduler that keeps to them. Stands on the engine and
 * nothing else; an embedder with a scheduler of its own does without.
 */
@org.jspecify.annotations.NullMarked
package io.mlconnector.schedule;
