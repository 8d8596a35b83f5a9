/** A real PostgreSQL for tests. */
@NullMarked
package io.mlconnector.testkit.postgres;

import org.jspecify.annotations.NullMarked;
