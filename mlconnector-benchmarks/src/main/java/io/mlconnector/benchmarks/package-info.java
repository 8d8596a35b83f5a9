/**
 * JMH benchmarks, each beside its floor and, where users have one, beside the alternative. Ratios within one run are what counts.
 */
@NullMarked
package io.mlconnector.benchmarks;

import org.jspecify.annotations.NullMarked;
