package io.mlconnector.testkit.ifs;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What the path of a request names: a set or one of its rows, seen through a parent or not. */
record Target(EntityTable table, Optional<List<Object>> key, Predicate<IfsRow> scope, String serviceUrl) {}
