package io.maie.edge.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.Stage;
import io.maie.edge.spool.Candidate;
import io.maie.edge.testing.ManualTicker;
import io.maie.edge.testing.ScratchSpool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Treatment of files beside recordings, by the rule of their folder. */
final class CompanionMovesTest {
  private final ManualTicker time = new ManualTicker();

  @TempDir private Path home;
  private ScratchSpool spool;

  @BeforeEach
  void aMeetingWithItsFiles() throws IOException {
    spool = fresh(FaultPoint.disabled());
    spool.drop("weekly/audio1.ogg", 64);
    for (String name : new String[] {"audio1.srt", "audio1.ogg.md5", "chat.txt", "playback.m3u"}) {
      Files.writeString(home.resolve("inbox/weekly").resolve(name), "about " + name);
    }
  }

  private ScratchSpool fresh(FaultPoint faults) {
    return new ScratchSpool(home, new TaskClock(time, time), TaskSettings.DEFAULTS, faults);
  }

  @Test
  void companionsStayUnlessTheirFolderSaysOtherwise() throws IOException {
    runNext();

    assertThat(spool.files("inbox"))
        .containsExactly(
            "weekly/audio1.ogg.md5", "weekly/audio1.srt", "weekly/chat.txt", "weekly/playback.m3u");
    assertThat(spool.files("archive")).containsExactly("weekly/audio1.ogg");
    assertThat(spool.files("failed")).isEmpty();
  }

  @Test
  void companionsFollowTheirRecordingToTheArchive() throws IOException {
    profile("companions: archive-with\n");
    spool.drop("weekly/audio2.ogg", 32);

    runNext();
    assertThat(spool.files("inbox"))
        .contains("weekly/audio2.ogg", "weekly/chat.txt", "weekly/playback.m3u");
    assertThat(spool.files("archive")).contains("weekly/audio1.ogg.md5", "weekly/audio1.srt");

    runNext();
    assertThat(spool.files("inbox")).containsExactly("weekly/_folder.yaml");
    assertThat(spool.files("archive"))
        .containsExactly(
            "weekly/audio1.ogg",
            "weekly/audio1.ogg.md5",
            "weekly/audio1.srt",
            "weekly/audio2.ogg",
            "weekly/chat.txt",
            "weekly/playback.m3u");
    assertThat(home.resolve("archive/weekly/chat.txt")).hasContent("about chat.txt");
  }

  @Test
  void companionsFollowTheirRecordingToQuarantine() throws IOException {
    profile("companions: archive-with\n");
    spool.engines.on(
        Stage.ASR,
        context -> {
          throw new ProcessingException(FailureCode.AUDIO_DECODE_ERROR, "damaged");
        });

    runNext();

    assertThat(spool.files("failed")).contains("weekly/audio1.ogg", "weekly/audio1.srt");
    assertThat(spool.files("failed")).contains("weekly/chat.txt");
    assertThat(spool.files("inbox")).containsExactly("weekly/_folder.yaml");
  }

  @Test
  void noCompanionReplacesAnother() throws IOException {
    profile("companions: archive-with\n");
    Files.createDirectories(home.resolve("archive/weekly"));
    Files.writeString(home.resolve("archive/weekly/chat.txt"), "of last week");

    runNext();

    assertThat(home.resolve("archive/weekly/chat.txt")).hasContent("of last week");
    assertThat(home.resolve("archive/weekly/chat~2.txt")).hasContent("about chat.txt");
  }

  @Test
  void companionsFollowAlsoWhenTheProcessDiedInBetween() throws IOException {
    profile("companions: archive-with\n");
    spool =
        fresh(
            step -> {
              if (step == FaultPoint.Step.RECORDING_ARCHIVED) {
                throw new IllegalStateException("as if the power failed");
              }
            });
    runNext();
    assertThat(spool.files("inbox")).contains("weekly/chat.txt");

    spool = fresh(FaultPoint.disabled());
    spool.runner.run(spool.recovery.recover().get(0));

    assertThat(spool.files("inbox")).containsExactly("weekly/_folder.yaml");
    assertThat(spool.files("archive")).contains("weekly/chat.txt", "weekly/audio1.srt");
  }

  private void profile(String yaml) throws IOException {
    Files.writeString(home.resolve("inbox/weekly/_folder.yaml"), yaml);
  }

  private void runNext() throws IOException {
    spool.inbox.scan();
    time.advance(Duration.ofMinutes(1));
    Candidate candidate = spool.inbox.scan().ready().get(0);
    spool.runner.run(spool.claims.claim(candidate).orElseThrow());
  }
}
