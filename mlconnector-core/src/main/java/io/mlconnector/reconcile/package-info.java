/**
 * What a reconciliation says: every invoice with the money that came in for it, what fits to no invoice, and where source,
 * links and target have drifted apart; as values, JSON, CSV, and as one page that works from disk.
 */
@NullMarked
package io.mlconnector.reconcile;

import org.jspecify.annotations.NullMarked;
