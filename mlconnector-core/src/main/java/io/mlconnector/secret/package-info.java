/**
 * Secrets at rest: a file of credentials, each sealed under a master key that lies elsewhere.
 *
 * <p>What a credential is used for is no matter of this package; it knows names, versions and times.
 */
@org.jspecify.annotations.NullMarked
package io.mlconnector.secret;
