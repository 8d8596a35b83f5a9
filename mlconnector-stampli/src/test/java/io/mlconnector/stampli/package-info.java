/** Tests of the Stampli adapter. */
@NullMarked
package io.mlconnector.stampli;

import org.jspecify.annotations.NullMarked;
