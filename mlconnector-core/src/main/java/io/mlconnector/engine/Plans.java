package io.mlconnector.engine;

import io.mlconnector.model.BusinessRecord;
import java.util.List;

/**
 * What the planner decided for a page.
 *
 * @param found records for which something is to be done or to be entered, in the order of the page
 * @param untouched records that the target has already, or that a later change of the same page replaces
 */
record Plans<T extends BusinessRecord>(List<Planned<T>> found, List<Candidate<T>> untouched) {}
