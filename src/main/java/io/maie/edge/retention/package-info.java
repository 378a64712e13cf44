/** What may be deleted, and when. */
@NullMarked
package io.maie.edge.retention;

import org.jspecify.annotations.NullMarked;
