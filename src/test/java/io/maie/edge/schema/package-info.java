@NullMarked
package io.maie.edge.schema;

import org.jspecify.annotations.NullMarked;
