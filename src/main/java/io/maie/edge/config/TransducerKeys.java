package io.maie.edge.config;

import static io.maie.edge.config.Setting.open;

import io.maie.edge.asr.transducer.TokenHead;
import io.maie.edge.asr.transducer.TransducerOptions;
import java.util.List;

/** The settings of decoding with transducers and ChunkFormer. */
final class TransducerKeys {
  static final Setting<TokenHead> DECODER =
      open(
          "asr.transducer.decoder",
          SettingTypes.oneOf(TokenHead.class),
          TransducerOptions.DEFAULTS.decoder(),
          "The head of a hybrid model that makes the words; auto = the one that its manifest names,"
              + " else the transducer. A model with one head uses that.");
  static final Setting<Integer> BATCH =
      open(
          "asr.transducer.batch",
          SettingTypes.integer(1, TransducerOptions.MAX_BATCH),
          TransducerOptions.DEFAULTS.batch(),
          "Windows that an encoder is given at once, where its graph takes several; each takes"
              + " memory.");

  /** In the order of the example file. */
  static final List<Setting<?>> ALL = List.of(DECODER, BATCH);

  private TransducerKeys() {}
}
