/**
 * The integrations as configuration files, a demo of each on sandboxes, and a launcher that runs the same files against
 * real systems. Not published.
 */
@NullMarked
package io.mlconnector.examples;

import org.jspecify.annotations.NullMarked;
