/** The command line: parses, calls, prints, returns exit codes. */
@NullMarked
package io.maie.edge.cli;

import org.jspecify.annotations.NullMarked;
