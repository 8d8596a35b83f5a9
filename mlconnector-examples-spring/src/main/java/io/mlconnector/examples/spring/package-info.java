/** A Spring Boot application that embeds a sync engine. */
@NullMarked
package io.mlconnector.examples.spring;

import org.jspecify.annotations.NullMarked;
