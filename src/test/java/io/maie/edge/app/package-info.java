@NullMarked
package io.maie.edge.app;

import org.jspecify.annotations.NullMarked;
