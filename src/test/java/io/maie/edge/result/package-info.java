@NullMarked
package io.maie.edge.result;

import org.jspecify.annotations.NullMarked;
