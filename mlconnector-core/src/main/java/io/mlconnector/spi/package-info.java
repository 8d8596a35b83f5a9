/**
 * What adapters and stores implement, and the exceptions that tell the engine what to do. An adapter translates between
 * one remote system and the records of {@code io.mlconnector.model}; a store keeps what the engine must remember. The
 * interfaces are small, and their comments are the contract.
 */
@NullMarked
package io.mlconnector.spi;

import org.jspecify.annotations.NullMarked;
