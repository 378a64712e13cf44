/** What lies in {@code models/}: layouts, manifests, checksums, locks, which one to use. */
@NullMarked
package io.maie.edge.modelfile;

import org.jspecify.annotations.NullMarked;
