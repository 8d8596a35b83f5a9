/** Tests of the IFS adapter. */
@NullMarked
package io.mlconnector.ifs;

import org.jspecify.annotations.NullMarked;
