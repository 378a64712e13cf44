@NullMarked
package io.maie.edge.behaviour;

import org.jspecify.annotations.NullMarked;
