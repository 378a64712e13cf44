/** What lies in {@code models/}: layouts, manifests, checksums, which one to use. */
@NullMarked
package io.maie.edge.modelfile;

import org.jspecify.annotations.NullMarked;
