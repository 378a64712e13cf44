package io.maie.edge.asr.whisper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WhisperEngineTest {

  @ParameterizedTest(name = "{0}, beam {3}, asked for {4}")
  @CsvSource({
    "tiny, 384, 4, 1, 0, 8",
    "base, 512, 6, 1, 0, 8",
    "base, 512, 6, 5, 0, 2",
    "small, 768, 12, 1, 0, 3",
    "small, 768, 12, 5, 0, 1",
    "medium, 1024, 24, 1, 0, 1",
    "large-v3, 1280, 32, 1, 0, 1",
    "large-v3-turbo, 1280, 4, 1, 0, 6",
    "small, 768, 12, 5, 7, 7"
  })
  void theBatchOfChunksIsBoundedByTheMemoryOfTheirCaches(
      String name, int width, int layers, int beams, int asked, int expected) {
    WhisperShape shape = new WhisperShape(80, 480_000, 1500, width, layers, width / 64, 448, 448);
    WhisperOptions options =
        new WhisperOptions(beams, 5, List.of(0.0), 2.4, -1.0, 0.6, false, false, asked);

    assertThat(WhisperEngine.batch(shape, options)).isEqualTo(expected);
  }
}
