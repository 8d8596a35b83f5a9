/** What the sandboxes share. Not for users: it changes without notice. */
@org.jspecify.annotations.NullMarked
package io.mlconnector.testkit.internal;
