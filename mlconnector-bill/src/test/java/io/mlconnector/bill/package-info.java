@org.jspecify.annotations.NullMarked
package io.mlconnector.bill;
