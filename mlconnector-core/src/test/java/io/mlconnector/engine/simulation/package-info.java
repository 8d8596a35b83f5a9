/**
 * The whole engine between a remote source and a remote target, on one thread, with a virtual clock and every fault drawn
 * from one seed. A seed that fails replays to the same trace.
 */
@NullMarked
package io.mlconnector.engine.simulation;

import org.jspecify.annotations.NullMarked;
