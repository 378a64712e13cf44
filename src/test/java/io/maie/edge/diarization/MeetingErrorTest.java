package io.maie.edge.diarization;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.audio.PcmFile;
import io.maie.edge.audio.SpeechRegion;
import io.maie.edge.audio.decode.DecodeOptions;
import io.maie.edge.audio.decode.DecodedAudio;
import io.maie.edge.audio.decode.FfmpegDecoder;
import io.maie.edge.audio.decode.SoundSelection;
import io.maie.edge.diarization.pieces.PieceDiarizer;
import io.maie.edge.evaluation.DiarizationError;
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
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Half-minutes of real meetings before one distant microphone, with exact labels. */
final class MeetingErrorTest {
  private static final List<String> CLIPS =
      List.of(
          "dev00", "dev01", "trn01", "trn02", "trn03", "trn04", "trn05", "trn06", "trn07", "trn08",
          "trn09");

  @TempDir Path folder;

  @Test
  void lessThanAQuarterOfMeetingSpeechIsMisjudged() throws Exception {
    Path labels = SharedMaterial.require("audio", "ami", "reference.rttm");
    Map<String, List<Turn>> reference = ReferenceTurns.read(labels);
    DiarizationError total = DiarizationError.NONE;
    try (OnnxRuntime runtime =
        new OnnxRuntime(new OnnxOptions(Device.CPU, 2, Duration.ZERO), Ticker.system())) {
      ModelCatalog catalog = new ModelCatalog(Path.of("models"), new Checksums());
      PieceDiarizer diarizer =
          PieceDiarizer.open(
              catalog.choose(ModelWish.ofInstallation(ModelTask.SPEAKER_SEGMENTATION, null, null)),
              catalog.choose(ModelWish.ofInstallation(ModelTask.SPEAKER_EMBEDDING, null, null)),
              runtime);
      for (String clip : CLIPS) {
        List<Turn> found = turns(diarizer, SharedMaterial.require("audio", "ami", clip + ".flac"));
        total = total.plus(DiarizationError.of(reference.getOrDefault(clip, List.of()), found));
      }
    }

    assertThat(total.rate()).isLessThanOrEqualTo(0.247);
  }

  /** The turns of the recording as the program hears it: decoded, and at its recorded level. */
  private List<Turn> turns(PieceDiarizer diarizer, Path recording) throws Exception {
    DecodedAudio decoded =
        new FfmpegDecoder(DecodeOptions.DEFAULTS, Ticker.system())
            .decode(
                recording,
                folder.resolve("audio.pcm"),
                SoundSelection.AUTO,
                StageContext.disabled());
    try (PcmFile samples = PcmFile.open(decoded.pcm())) {
      return diarizer
          .diarize(
              samples.before(decoded.heard().level().curve()),
              SpeechRegion.whole(samples),
              SpeakerCount.ANY,
              StageContext.disabled())
          .turns();
    }
  }
}
