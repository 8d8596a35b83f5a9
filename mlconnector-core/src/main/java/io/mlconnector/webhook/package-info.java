/**
 * Receives webhooks: verifies them, stores them, answers, and leaves the rest to the engine. Knows no web framework; bridges
 * for the JDK's HTTP server and for servlets are here.
 */
@NullMarked
package io.mlconnector.webhook;

import org.jspecify.annotations.NullMarked;
