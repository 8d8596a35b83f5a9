/**
 * The adapter for IFS Cloud: reads customers, sales orders and invoices through its OData projections. All names of
 * projections, sets and columns are settings with presets, because they differ from release to release and from site
 * to site; a check says which of them exist. Changes are found by a modified column and paged by value, so that rows
 * that change or commit late while they are read are not lost.
 */
@NullMarked
package io.mlconnector.ifs;

import org.jspecify.annotations.NullMarked;
