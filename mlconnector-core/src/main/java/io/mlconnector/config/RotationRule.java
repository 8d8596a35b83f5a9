package io.mlconnector.config;

import io.mlconnector.spi.Secret;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** How a credential is renewed: how old it may become, how long the old one still counts, and who makes the next. */
record RotationRule(String name, Duration every, Duration overlap, UnaryOperator<Secret> next) {}
