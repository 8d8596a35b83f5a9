/**
 * Contract tests for authors of adapters and stores. A store extends the contract of what it implements and says how it
 * is opened; every test is one sentence of that contract.
 */
@NullMarked
package io.mlconnector.testkit;

import org.jspecify.annotations.NullMarked;
