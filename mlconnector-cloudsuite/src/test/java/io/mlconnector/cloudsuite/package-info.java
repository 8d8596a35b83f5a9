/** Tests of the IFS adapter. */
@NullMarked
package io.mlconnector.cloudsuite;

import org.jspecify.annotations.NullMarked;
