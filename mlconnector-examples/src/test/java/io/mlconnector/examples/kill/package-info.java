@NullMarked
package io.mlconnector.examples.kill;

import org.jspecify.annotations.NullMarked;
