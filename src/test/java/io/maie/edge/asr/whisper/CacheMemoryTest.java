package io.maie.edge.asr.whisper;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.maie.edge.asr.seq2seq.DecoderGraph;
import io.maie.edge.asr.seq2seq.DecoderRun;
import io.maie.edge.asr.seq2seq.EncodedChunks;
import io.maie.edge.onnx.OnnxOptions;
import io.maie.edge.onnx.OnnxRuntime;
import io.maie.edge.progress.Cancellation;
import io.maie.edge.time.Ticker;
import java.lang.management.ManagementFactory;
import java.util.Collections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Keys and values never pass through Java arrays: decoding allocates far less on the heap than one
 * copy of them would.
 */
final class CacheMemoryTest {
  private static final int CHUNKS = 4;
  private static final int ROWS = 2 * CHUNKS;
  private static final int STEPS = 60;

  private final OnnxRuntime runtime = new OnnxRuntime(OnnxOptions.DEFAULTS, Ticker.system());
  private GoldenWhisper model;
  private DecoderRun run;
  private EncodedChunks audio;
  private float[] scores;

  @BeforeEach
  void hear() throws Exception {
    model = GoldenWhisper.open("micro");
    run =
        new DecoderRun(
            new DecoderGraph(
                model.settings.decoderFiles(), model.settings.decoderShape(), "micro", runtime));
    audio =
        new Encoder(model.settings, "micro", runtime, new ParallelRange(1))
            .encode(Collections.nCopies(CHUNKS, model.heard(0)), Cancellation.disabled());
    scores = new float[model.settings.tokens().vocabularySize()];
  }

  @AfterEach
  void close() {
    runtime.close();
  }

  @Test
  void readingTokensCopiesNoCacheIntoTheHeap() throws Exception {
    decode(new int[] {0, 1, 2, 3, 4, 5, 6, 7});

    long allocated = allocatedBy(() -> decode(new int[] {0, 1, 2, 3, 4, 5, 6, 7}));

    assertThat(allocated).isLessThan(selfBytes() / 4);
  }

  @Test
  void movingHypothesesCopiesNoCacheIntoTheHeap() throws Exception {
    decode(new int[] {1, 0, 3, 2, 5, 4, 7, 6});

    long allocated = allocatedBy(() -> decode(new int[] {1, 0, 3, 2, 5, 4, 7, 6}));

    assertThat(allocated).isLessThan(selfBytes() / 4);
  }

  /** Two hypotheses per chunk, each of which goes on from the row that {@code origins} says. */
  private void decode(int[] origins) throws Exception {
    int[] prompt = Prompt.start(model.settings.tokens()).ids();
    run.begin(audio, prompt);
    run.next(new int[ROWS], new int[] {0, 0, 1, 1, 2, 2, 3, 3});
    for (int step = 1; step < STEPS; step++) {
      for (int row = 0; row < ROWS; row++) {
        run.scores(row, scores);
      }
      run.next(new int[ROWS], origins);
    }
  }

  /**
   * Keys and values of the text alone, as the steps return them one after the other. Those of the
   * audio are many times more.
   */
  private long selfBytes() {
    WhisperShape shape = model.settings.shape();
    long perPosition = 2L * shape.decoderLayers() * shape.width() * Float.BYTES;
    return ROWS * perPosition * STEPS * (STEPS + 1) / 2;
  }

  private static long allocatedBy(Work work) throws Exception {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    work.run();
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  /** Something that may fail. */
  @FunctionalInterface
  private interface Work {
    void run() throws Exception;
  }
}
