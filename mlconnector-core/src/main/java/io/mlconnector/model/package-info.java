/**
 * The canonical finance records, which no remote system owns: adapters translate to and from them and never know each
 * other. Values are immutable; amounts are decimal with a currency; instants are instants.
 */
@NullMarked
package io.mlconnector.model;

import org.jspecify.annotations.NullMarked;
