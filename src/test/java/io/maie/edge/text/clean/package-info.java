@NullMarked
package io.maie.edge.text.clean;

import org.jspecify.annotations.NullMarked;
