@org.jspecify.annotations.NullMarked
package io.mlconnector.testkit.bill;
