package io.maie.edge.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.testing.ManualTicker;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class TransferLineTest {
  private final ManualTicker ticker = new ManualTicker();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void onATerminalOneLineIsDrawnOver() {
    TransferLine line = line(true);

    line.planned(8, 40_000_000);
    ticker.advance(Duration.ofSeconds(1));
    line.reached(0);
    ticker.advance(Duration.ofSeconds(5));
    line.reached(10_000_000);
    line.clear();

    assertThat(shown())
        .isEqualTo(
            """
            tiny: 8 files, 40.0 MB
            \r\u001b[K[------------------------]   0 %  0 B of 40.0 MB\
            \r\u001b[K[######------------------]  25 %  10.0 MB of 40.0 MB  2.0 MB/s  15 s left\
            \r\u001b[K""");
  }

  @Test
  void theRateCountsOnlyWhatCame() {
    TransferLine line = line(true);

    line.planned(8, 40_000_000);
    line.reached(30_000_000);
    ticker.advance(Duration.ofSeconds(5));
    line.reached(35_000_000);

    assertThat(shown()).endsWith("35.0 MB of 40.0 MB  1.0 MB/s  5 s left");
  }

  @Test
  void itIsNotDrawnMoreOftenThanAnybodyCanRead() {
    TransferLine line = line(true);
    line.planned(1, 1000);
    ticker.advance(Duration.ofSeconds(1));

    for (int bytes = 0; bytes < 900; bytes++) {
      line.reached(bytes);
    }

    assertThat(shown()).containsOnlyOnce("of 1.0 kB");
  }

  @Test
  void elsewhereEveryTenthIsALine() {
    TransferLine line = line(false);

    line.planned(8, 1000);
    for (int bytes = 0; bytes <= 1000; bytes += 50) {
      line.reached(bytes);
    }

    assertThat(shown().lines())
        .hasSize(11)
        .contains("tiny: 10 %, 100 B of 1.0 kB", "tiny: 100 %, 1.0 kB of 1.0 kB");
  }

  @Test
  void aPauseIsExplained() {
    line(false).waiting("The connection broke off", Duration.ofSeconds(4));

    assertThat(shown()).isEqualTo("tiny: The connection broke off; trying again in 4 s\n");
  }

  private TransferLine line(boolean interactive) {
    PrintStream stream = new PrintStream(err, true, UTF_8);
    return new TransferLine("tiny", new Terminal(stream, stream, interactive), ticker);
  }

  private String shown() {
    return err.toString(UTF_8);
  }
}
