@NullMarked
package io.maie.edge.request;

import org.jspecify.annotations.NullMarked;
