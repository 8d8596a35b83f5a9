/**
 * Contract tests for authors of adapters and stores: extend a contract, answer its few abstract methods, and every
 * sentence of the interface becomes a test. The packages below hold sandboxes of the remote systems.
 */
@NullMarked
package io.mlconnector.testkit;

import org.jspecify.annotations.NullMarked;
