/** Keys of documents that people write: their types, defaults and problems, and strict reading. */
@NullMarked
package io.maie.edge.schema;

import org.jspecify.annotations.NullMarked;
