package io.maie.edge.pipeline;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.audio.PcmFile;
import io.maie.edge.audio.SampleSpan;
import io.maie.edge.audio.SpeechRegion;
import io.maie.edge.audio.decode.DecodeOptions;
import io.maie.edge.audio.decode.DecodedAudio;
import io.maie.edge.audio.decode.FfmpegDecoder;
import io.maie.edge.audio.decode.SoundSelection;
import io.maie.edge.evaluation.ReferenceTurns;
import io.maie.edge.modelfile.Checksums;
import io.maie.edge.modelfile.ModelCatalog;
import io.maie.edge.modelfile.ModelTask;
import io.maie.edge.modelfile.ModelWish;
import io.maie.edge.onnx.Device;
import io.maie.edge.onnx.OnnxOptions;
import io.maie.edge.onnx.OnnxRuntime;
import io.maie.edge.progress.StageContext;
import io.maie.edge.testing.SharedMaterial;
import io.maie.edge.time.Ticker;
import io.maie.edge.transcript.Turn;
import io.maie.edge.vad.SpeechRegionRules;
import io.maie.edge.vad.silero.SileroDetector;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A meeting whose quiet stretches are raised, and with them the noise of the room. */
final class RaisedRoomTest {
  private static final SpeechRegionRules RULES =
      new SpeechRegionRules(
          0.5, Duration.ofMillis(200), Duration.ofMillis(500), null, Duration.ofMillis(400));

  @TempDir Path folder;

  @Test
  void raisedNoiseHidesNoSpeechBehindIt() throws Exception {
    Path recording = SharedMaterial.require("audio", "ami", "trn07.flac");
    Path pcm = folder.resolve("audio.pcm");
    DecodedAudio decoded =
        new FfmpegDecoder(DecodeOptions.DEFAULTS, Ticker.system())
            .decode(recording, pcm, SoundSelection.AUTO, StageContext.disabled());
    assertThat(decoded.heard().level().curve().isSteady()).isFalse();

    List<Turn> turns =
        requireNonNull(
            ReferenceTurns.read(SharedMaterial.require("audio", "ami", "reference.rttm"))
                .get("trn07"));
    List<SpeechRegion> found = find(decoded, pcm);

    assertThat(share(turns, found)).isGreaterThan(0.6);
    for (int i = 1; i < found.size(); i++) {
      assertThat(found.get(i).span().start()).isGreaterThanOrEqualTo(found.get(i - 1).span().end());
    }
  }

  private static List<SpeechRegion> find(DecodedAudio decoded, Path pcm) throws Exception {
    ModelCatalog catalog = new ModelCatalog(Path.of("models"), new Checksums());
    ModelWish detector = ModelWish.ofInstallation(ModelTask.VAD, null, null);
    OnnxOptions options = new OnnxOptions(Device.CPU, 1, Duration.ZERO);
    try (OnnxRuntime runtime = new OnnxRuntime(options, Ticker.system());
        PcmFile samples = PcmFile.open(pcm)) {
      return new SpeechSearch(
              SileroDetector.open(catalog.choose(detector), runtime),
              RULES,
              StageContext.disabled())
          .find(samples, decoded.heard().level());
    }
  }

  /** The share of the time of {@code turns} that lies in {@code regions}. */
  private static double share(List<Turn> turns, List<SpeechRegion> regions) {
    long all = 0;
    long heard = 0;
    for (Turn turn : turns) {
      all += turn.span().length();
      for (SpeechRegion region : regions) {
        heard += common(turn.span(), region.span());
      }
    }
    return (double) heard / all;
  }

  private static long common(SampleSpan one, SampleSpan other) {
    return Math.max(0, Math.min(one.end(), other.end()) - Math.max(one.start(), other.start()));
  }
}
