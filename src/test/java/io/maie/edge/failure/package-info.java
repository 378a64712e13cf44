/** Tests of the failure codes. */
@NullMarked
package io.maie.edge.failure;

import org.jspecify.annotations.NullMarked;
