/** The local API: the one listener of the program, which never connects anywhere. */
@NullMarked
package io.maie.edge.http;

import org.jspecify.annotations.NullMarked;
