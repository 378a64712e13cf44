/** Models in {@code models/}: layouts, manifests, checksums, locks, the choice among them. */
@NullMarked
package io.maie.edge.modelfile;

import org.jspecify.annotations.NullMarked;
