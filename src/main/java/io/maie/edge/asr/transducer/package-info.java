/** Transducers (RNN-T and TDT): their searches, and recognisers of published layouts. */
@NullMarked
package io.maie.edge.asr.transducer;

import org.jspecify.annotations.NullMarked;
