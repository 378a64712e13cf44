@NullMarked
package io.maie.edge.text.constrain;

import org.jspecify.annotations.NullMarked;
