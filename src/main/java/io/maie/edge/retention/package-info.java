/**
 * Rules for deletion: the files, and the time.
 *
 * <p>A plan is made first, from a survey of the folders, and lists every deletion with its reason;
 * only what a plan lists is ever deleted, and only if it is still the file that was planned. Links
 * are never followed, and nothing outside the configured folders is touched. A recording whose
 * result was not written lies in none of the areas that are cleaned by age or size, except {@code
 * failed/}, where its failure is documented beside it.
 */
@NullMarked
package io.maie.edge.retention;

import org.jspecify.annotations.NullMarked;
