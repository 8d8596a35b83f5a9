/** Opens to the benchmarks what the engine keeps to itself. */
@NullMarked
package io.mlconnector.engine;

import org.jspecify.annotations.NullMarked;
