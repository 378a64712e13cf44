package io.maie.edge.config;

import io.maie.edge.asr.transducer.TokenHead;
import io.maie.edge.asr.transducer.TransducerOptions;
import io.maie.edge.schema.Key;
import io.maie.edge.schema.Keys;
import io.maie.edge.schema.Types;

/** The settings of decoding with transducers and ChunkFormer. */
final class TransducerKeys {
  /** In the order of the example file. */
  static final Keys KEYS = new Keys();

  static final Key<TokenHead> DECODER =
      KEYS.open(
          "asr.transducer.decoder",
          Types.oneOf(TokenHead.class),
          TransducerOptions.DEFAULTS.decoder(),
          "The head of a hybrid model that makes the words; auto = the one that its manifest names,"
              + " else the transducer. A model with one head uses that.");
  static final Key<Integer> BATCH =
      KEYS.open(
          "asr.transducer.batch",
          Types.integer(1, TransducerOptions.MAX_BATCH),
          TransducerOptions.DEFAULTS.batch(),
          "Windows that an encoder is given at once, where its graph takes several; each takes"
              + " memory.");

  private TransducerKeys() {}
}
