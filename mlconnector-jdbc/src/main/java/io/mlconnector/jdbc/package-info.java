/**
 * A ledger that outlives the process: one SQLite file, or a PostgreSQL database that several processes share.
 */
@NullMarked
package io.mlconnector.jdbc;

import org.jspecify.annotations.NullMarked;
