/**
 * Metrics and observations of a sync engine for Micrometer. {@link io.mlconnector.micrometer.MicrometerInsight} is all there is to
 * use; docs/metrics.md lists what it tells. Nothing becomes active because this module lies on the class path.
 */
@NullMarked
package io.mlconnector.micrometer;

import org.jspecify.annotations.NullMarked;
