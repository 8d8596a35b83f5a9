/**
 * A stateful simulator of IFS Cloud: the token endpoint and the OData projections on a loopback port. It refuses what
 * the real system refuses, loses answers on command and keeps the rows that a test compares its results with. Start one
 * with {@link io.mlconnector.testkit.ifs.IfsSandbox#builder()}.
 */
@NullMarked
package io.mlconnector.testkit.ifs;

import org.jspecify.annotations.NullMarked;
