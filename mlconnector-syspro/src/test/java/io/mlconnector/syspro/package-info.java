@NullMarked
package io.mlconnector.syspro;

import org.jspecify.annotations.NullMarked;
