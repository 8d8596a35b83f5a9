/**
 * A simulator of Stampli's side of the file exchange: an SFTP server on a loopback port whose files a test writes slowly, in
 * parts, twice or under temporary names, and which loses connections on command. Start one with {@link
 * io.mlconnector.testkit.stampli.StampliSandbox#start()}. Whoever uses it adds {@code sshd-core} and {@code sshd-sftp}, which
 * are optional here.
 */
@NullMarked
package io.mlconnector.testkit.stampli;

import org.jspecify.annotations.NullMarked;
