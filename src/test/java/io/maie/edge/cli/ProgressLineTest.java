package io.maie.edge.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.progress.Stage;
import io.maie.edge.testing.ManualTicker;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ProgressLineTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final ManualTicker ticker = new ManualTicker();

  @Test
  void awayFromATerminalEachStageIsOneLine() {
    ProgressLine line = line(false);

    line.started("a.wav");
    line.progressed("a.wav", Stage.ASR, 0);
    line.progressed("a.wav", Stage.ASR, 0.5);
    line.finished(new RecordingOutcome.Published("a.wav", Path.of("a.wav.json")));

    assertThat(err.toString(UTF_8)).isEqualTo("a.wav: started\na.wav: asr\n");
  }

  @Test
  void onATerminalTheLineShowsShareAndTimeLeft() {
    ProgressLine line = line(true);

    line.progressed("a.wav", Stage.ASR, 0);
    ticker.advance(Duration.ofSeconds(30));
    line.progressed("a.wav", Stage.ASR, 0.25);

    assertThat(err.toString(UTF_8))
        .endsWith("[######------------------]  25 %  asr     a.wav  1 min 30 s left");
  }

  @Test
  void theLineIsNotDrawnMoreOftenThanAnyoneCanRead() {
    ProgressLine line = line(true);

    line.progressed("a.wav", Stage.ASR, 0);
    int drawn = err.size();
    ticker.advance(Duration.ofMillis(10));
    line.progressed("a.wav", Stage.ASR, 0.5);

    assertThat(err.size()).isEqualTo(drawn);
  }

  @Test
  void aNameCannotMoveTheCursor() {
    line(false).started("evil\u001b[2J\r.wav");

    assertThat(err.toString(UTF_8)).isEqualTo("evil?[2J?.wav: started\n");
  }

  private ProgressLine line(boolean interactive) {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, UTF_8);
    return new ProgressLine(
        new Terminal(nowhere, new PrintStream(err, true, UTF_8), interactive), ticker);
  }
}
