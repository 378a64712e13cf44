@NullMarked
package io.maie.edge.config;

import org.jspecify.annotations.NullMarked;
