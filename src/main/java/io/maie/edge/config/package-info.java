/** Reads the settings into option records and reports every problem at once. */
@NullMarked
package io.maie.edge.config;

import org.jspecify.annotations.NullMarked;
