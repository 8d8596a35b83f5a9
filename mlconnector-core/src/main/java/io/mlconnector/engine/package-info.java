/**
 * Runs flows: plans what a page of changes means for the target, writes it, and settles the outcome in the ledger.
 */
@NullMarked
package io.mlconnector.engine;

import org.jspecify.annotations.NullMarked;
