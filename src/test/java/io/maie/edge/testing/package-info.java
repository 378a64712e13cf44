@NullMarked
package io.maie.edge.testing;

import org.jspecify.annotations.NullMarked;
