/** Parts shared by encoder-decoder speech models: caches, searches, word times by attention. */
@NullMarked
package io.maie.edge.asr.seq2seq;

import org.jspecify.annotations.NullMarked;
