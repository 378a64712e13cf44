/** The parameters of one recording, their schema and their one validator. */
@NullMarked
package io.maie.edge.request;

import org.jspecify.annotations.NullMarked;
