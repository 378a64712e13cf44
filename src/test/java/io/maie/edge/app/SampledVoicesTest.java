package io.maie.edge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.maie.edge.audio.SampleSource;
import io.maie.edge.audio.SpeechRegion;
import io.maie.edge.diarization.Diarization;
import io.maie.edge.diarization.Diarizer;
import io.maie.edge.diarization.SpeakerCount;
import io.maie.edge.diarization.Voiceprint;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.StageContext;
import io.maie.edge.result.ModelIdentity;
import io.maie.edge.testing.ScriptedDecoder;
import io.maie.edge.testing.StageHook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SampledVoicesTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  @TempDir Path folder;

  private final CountingDiarizer diarizer = new CountingDiarizer();
  private SampledVoices voices;

  @BeforeEach
  void open() {
    voices =
        new SampledVoices(
            new SampledVoices.Parts(folder, new ScriptedDecoder(StageHook.none()), () -> diarizer),
            () -> NOW);
  }

  @Test
  void filesOfOneNameMakeOneVoice() throws Exception {
    drop("Anna.wav", 60);
    drop("Ben-1.wav", 60);
    drop("Ben-2.m4a", 60);
    drop(".hidden.wav", 60);

    assertThat(voices.list()).extracting(Voiceprint::name).containsExactly("Anna", "Ben");
    assertThat(diarizer.heard).isEqualTo(3);
  }

  @Test
  void aVoiceIsHeardOnceAndAgainWhenItsSamplesChange() throws Exception {
    drop("Anna.wav", 60);
    voices.list();
    voices.list();
    assertThat(diarizer.heard).isEqualTo(1);

    drop("Anna-2.wav", 60);
    voices.list();
    assertThat(diarizer.heard).isEqualTo(3);
  }

  @Test
  void aVoiceIsForgottenWithItsSample() throws Exception {
    Path sample = drop("Anna.wav", 60);
    voices.list();
    Files.delete(sample);

    assertThat(voices.list()).isEmpty();
  }

  @Test
  void aSampleThatIsStillArrivingWaits() throws Exception {
    drop("Anna.wav", 1);

    assertThat(voices.list()).isEmpty();
    assertThat(diarizer.heard).isZero();
  }

  @Test
  void whyASampleCannotBeUsedStandsBesideItUntilItCan() throws Exception {
    drop("Anna.wav", 60);
    diarizer.refuses = true;
    assertThat(voices.list()).isEmpty();
    assertThat(folder.resolve("Anna.error.txt"))
        .content()
        .contains("too little")
        .contains("Anna.wav")
        .contains("Use a longer one");
    assertThat(SampledVoices.names(folder)).containsOnly(entry("Anna", false));

    diarizer.refuses = false;
    assertThat(voices.list()).isEmpty();
    drop("Anna.wav", 50);
    assertThat(voices.list()).hasSize(1);
    assertThat(folder.resolve("Anna.error.txt")).doesNotExist();
    assertThat(SampledVoices.names(folder)).containsOnly(entry("Anna", true));
  }

  @Test
  void aFolderThatIsNotThereHoldsNobody() throws Exception {
    Files.delete(folder);

    assertThat(voices.list()).isEmpty();
  }

  private Path drop(String name, int secondsAgo) throws IOException {
    Path file = Files.write(folder.resolve(name), new byte[64]);
    return Files.setLastModifiedTime(file, FileTime.from(NOW.minusSeconds(secondsAgo)));
  }

  /** Makes a voice of anything, and counts what it heard. */
  private static final class CountingDiarizer implements Diarizer {
    private int heard;
    private boolean refuses;

    @Override
    public Diarization diarize(
        SampleSource audio, List<SpeechRegion> speech, SpeakerCount count, StageContext context) {
      return Diarization.EMPTY;
    }

    @Override
    public Voiceprint voiceprint(String name, List<SampleSource> samples, StageContext context)
        throws ProcessingException {
      heard += samples.size();
      if (refuses) {
        throw new ProcessingException(
            FailureCode.PROCESSING_ERROR, "too little of the voice", "Use a longer one");
      }
      return new Voiceprint(name, "model", new float[] {1});
    }

    @Override
    public List<ModelIdentity> models() {
      return List.of();
    }
  }
}
