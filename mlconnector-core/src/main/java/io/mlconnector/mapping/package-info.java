/**
 * How wire fields become canonical fields, and back, as named rules that read like a table. From the one list come the
 * fields to ask for, the decoder that reads only those, the printed table, the overrides of a user, and the lineage in
 * the audit. Mappings are compiled once, immutable and safe for threads.
 */
@NullMarked
package io.mlconnector.mapping;

import org.jspecify.annotations.NullMarked;
