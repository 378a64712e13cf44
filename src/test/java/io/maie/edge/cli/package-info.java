/** Tests of the command line against a program that only remembers what it was asked. */
@NullMarked
package io.maie.edge.cli;

import org.jspecify.annotations.NullMarked;
