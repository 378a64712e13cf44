@NullMarked
package io.maie.edge.text.template;

import org.jspecify.annotations.NullMarked;
