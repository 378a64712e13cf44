@NullMarked
package io.maie.edge.progress;

import org.jspecify.annotations.NullMarked;
