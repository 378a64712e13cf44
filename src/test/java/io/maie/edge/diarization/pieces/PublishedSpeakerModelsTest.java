package io.maie.edge.diarization.pieces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maie.edge.audio.SampleSource;
import io.maie.edge.audio.SpeechRegion;
import io.maie.edge.audio.Waveform;
import io.maie.edge.diarization.Diarization;
import io.maie.edge.diarization.SpeakerCount;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.modelfile.Checksums;
import io.maie.edge.modelfile.ModelCatalog;
import io.maie.edge.modelfile.ModelTask;
import io.maie.edge.modelfile.ModelWish;
import io.maie.edge.onnx.Device;
import io.maie.edge.onnx.OnnxOptions;
import io.maie.edge.onnx.OnnxRuntime;
import io.maie.edge.progress.StageContext;
import io.maie.edge.time.Ticker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole diarization with graphs in published layouts; their weights are random. */
final class PublishedSpeakerModelsTest {
  private static final Path PUBLISHED = Path.of("src", "test", "resources", "speakers");
  private static final int SECOND = Waveform.SAMPLE_RATE;

  @TempDir Path models;

  @Test
  void theFourthSpeakerOfAWindowIsHeardWhereTheModelHearsHim() throws Exception {
    put("pyannote-four.onnx", "segmentation");
    put("wespeaker.onnx", "embedding");

    Diarization found = diarize(burst());

    assertThat(found.voices()).hasSize(1);
    assertThat(found.turns()).hasSize(1);
    assertThat(found.turns().get(0).span().startSeconds()).isBetween(3.8, 4.2);
    assertThat(found.turns().get(0).span().endSeconds()).isBetween(7.8, 8.2);
  }

  @Test
  void anotherNumberOfClassesThanDeclaredIsRefused() throws Exception {
    put("pyannote-three.onnx", "segmentation");
    put("3d-speaker.onnx", "embedding");
    Files.writeString(
        models.resolve("segmentation").resolve("manifest.json"),
        """
        {"schema_version": 1, "name": "s", "version": "1", "task": "speaker_segmentation",
         "family": "pyannote", "license": "", "sample_rate": 16000, "files": {},
         "pyannote": {"model": "model.onnx", "local_speakers": 5, "simultaneous_speakers": 2}}
        """);

    assertThatThrownBy(() -> diarize(burst()))
        .isInstanceOf(ProcessingException.class)
        .hasMessageContaining("output [2, 589, 16], found [2, 589, 7]");
  }

  private void put(String published, String name) throws IOException {
    Path folder = Files.createDirectories(models.resolve(name));
    Files.copy(PUBLISHED.resolve(published), folder.resolve("model.onnx"));
  }

  /** Twelve seconds of quiet with noise from 4 to 8 s. */
  private static SampleSource burst() {
    Random random = new Random(1);
    float[] samples = new float[12 * SECOND];
    for (int i = 4 * SECOND; i < 8 * SECOND; i++) {
      samples[i] = (float) (0.3 * random.nextGaussian());
    }
    return SampleSource.of(Waveform.of(samples));
  }

  private Diarization diarize(SampleSource audio) throws Exception {
    ModelCatalog catalog = new ModelCatalog(models, new Checksums());
    OnnxOptions options = new OnnxOptions(Device.CPU, 1, Duration.ZERO);
    try (OnnxRuntime runtime = new OnnxRuntime(options, Ticker.system())) {
      return PieceDiarizer.open(
              catalog.choose(ModelWish.ofInstallation(ModelTask.SPEAKER_SEGMENTATION, null, null)),
              catalog.choose(ModelWish.ofInstallation(ModelTask.SPEAKER_EMBEDDING, null, null)),
              runtime)
          .diarize(audio, SpeechRegion.whole(audio), SpeakerCount.ANY, StageContext.disabled());
    }
  }
}
