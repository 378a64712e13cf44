package io.maie.edge.asr.chunkformer;

import static java.util.Objects.requireNonNull;

import io.maie.edge.asr.frames.DecodedWord;
import io.maie.edge.asr.transducer.EncodedFrames;
import io.maie.edge.asr.transducer.SaidToken;
import io.maie.edge.asr.transducer.SaidWords;
import io.maie.edge.asr.transducer.TransducerSearch;
import io.maie.edge.failure.ProcessingException;
import java.util.List;

/** The tokens that the transducer says. */
final class TransducerFinder implements TokenFinder {
  private final SteppedNetwork network;
  private final TransducerSearch search;
  private final SaidWords words;
  private int frames;

  /**
   * A finder.
   *
   * @param network of the search, closed with this
   */
  TransducerFinder(SteppedNetwork network, TransducerSearch search, SaidWords words) {
    this.network = requireNonNull(network, "network is null");
    this.search = requireNonNull(search, "search is null");
    this.words = requireNonNull(words, "words is null");
  }

  @Override
  public void accept(EncodedFrames encoded) throws ProcessingException {
    search.accept(encoded);
    frames += encoded.count();
  }

  /** The tokens said so far. */
  List<SaidToken> said() {
    return search.finish();
  }

  @Override
  public List<DecodedWord> words() {
    return words.words(said(), frames);
  }

  @Override
  public void close() {
    network.close();
  }
}
