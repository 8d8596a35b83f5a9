@NullMarked
package io.mlconnector.testkit.ifs;

import org.jspecify.annotations.NullMarked;
