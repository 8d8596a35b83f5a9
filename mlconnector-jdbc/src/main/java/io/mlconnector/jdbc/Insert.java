package io.mlconnector.jdbc;

/**
 * A statement that stores rows.
 *
 * @param into the table and its columns
 * @param columns how many columns those are
 * @param conflict what to do with a row whose key is there already; empty if there can be none
 */
record Insert(String into, int columns, String conflict) {

    static Insert into(String table, String columns, String conflict) {
        return new Insert(table + " (" + columns + ")", columns.split(",", -1).length, conflict);
    }
}
