package io.maie.edge.asr.chunkformer;

import io.maie.edge.asr.frames.DecodedWord;
import io.maie.edge.asr.transducer.EncodedFrames;
import io.maie.edge.failure.ProcessingException;
import java.util.List;

/** Makes words of encoded frames, which may come in parts. Used by one thread, once. */
interface TokenFinder extends AutoCloseable {

  void accept(EncodedFrames frames) throws ProcessingException;

  /** The words said, in order of time. */
  List<DecodedWord> words();

  /** Gives native memory back. */
  @Override
  void close();
}
