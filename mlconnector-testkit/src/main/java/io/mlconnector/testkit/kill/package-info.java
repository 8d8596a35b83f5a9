/**
 * Kills processes that run a flow, at every step of a record's way, and counts what became of it at the target.
 *
 * <p>A {@link io.mlconnector.testkit.kill.KillMatrix} starts one process after the other on one ledger and kills each with SIGKILL
 * at another step. Such a process is a class with a {@code main} that uses {@link io.mlconnector.testkit.kill.KilledProcess}. The
 * target lives in the process of the test, behind a {@link io.mlconnector.testkit.kill.KillWire} that holds requests.
 */
@NullMarked
package io.mlconnector.testkit.kill;

import org.jspecify.annotations.NullMarked;
