/**
 * The adapter for Stampli, which hands over approved invoices, vendors and purchase orders as files on an SFTP server.
 *
 * <p>Nothing about columns, names or directories is fixed: they come from the settings of the connection.
 */
@org.jspecify.annotations.NullMarked
package io.mlconnector.stampli;
