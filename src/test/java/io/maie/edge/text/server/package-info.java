/** Servers of language models, tested against one on the loopback address. */
@NullMarked
package io.maie.edge.text.server;

import org.jspecify.annotations.NullMarked;
