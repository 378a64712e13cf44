@NullMarked
package io.maie.edge.architecture;

import org.jspecify.annotations.NullMarked;
