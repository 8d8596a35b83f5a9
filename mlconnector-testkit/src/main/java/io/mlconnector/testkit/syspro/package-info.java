/**
 * A stateful simulator of SYSPRO: the OData service and e.net business objects over REST and SOAP on a loopback port. It behaves as the
 * real system does where that hurts: an operator has one session, failures come with status 200, unknown elements are dropped, and
 * a posting that is sent twice is posted twice. Start one with {@link io.mlconnector.testkit.syspro.SysproSandbox#builder()}.
 */
@NullMarked
package io.mlconnector.testkit.syspro;

import org.jspecify.annotations.NullMarked;
