/**
 * Takes an audit log out of its ledger: exports it to a file that can be verified by itself, so that old entries can be
 * pruned.
 */
@NullMarked
package io.mlconnector.audit;

import org.jspecify.annotations.NullMarked;
