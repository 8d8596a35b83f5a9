/**
 * An integration out of one JSON file: its connections, its flows and its ledger, with all faults of the file in one
 * message.
 */
@NullMarked
package io.mlconnector.config;

import org.jspecify.annotations.NullMarked;
