package io.maie.edge.asr.moonshine;

import io.maie.edge.asr.seq2seq.EncodedChunks;
import io.maie.edge.asr.seq2seq.ScoredToken;
import io.maie.edge.modelfile.Checksums;
import io.maie.edge.modelfile.ModelCatalog;
import io.maie.edge.modelfile.ModelFolder;
import io.maie.edge.modelfile.ModelTask;
import io.maie.edge.modelfile.ModelWish;
import io.maie.edge.onnx.OnnxRuntime;
import io.maie.edge.progress.Cancellation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The model that ships with the program. */
final class ShippedMoonshine {
  static final Path MODELS = Path.of("models");
  static final String NAME = "moonshine-tiny-en";

  private final MoonshineEngine engine;
  private final int endToken;

  private ShippedMoonshine(MoonshineEngine engine, int endToken) {
    this.engine = engine;
    this.endToken = endToken;
  }

  static ModelFolder folder() throws Exception {
    return new ModelCatalog(MODELS, new Checksums())
        .choose(ModelWish.ofInstallation(ModelTask.ASR, null, NAME));
  }

  static ShippedMoonshine open(int beamSize, OnnxRuntime runtime) throws Exception {
    MoonshineSettings settings = MoonshineSettings.read(folder());
    MoonshineOptions options = new MoonshineOptions(Duration.ofSeconds(20), beamSize, 0);
    return new ShippedMoonshine(
        MoonshineEngine.open(settings, options, NAME, runtime), settings.endToken());
  }

  MoonshineEngine engine() {
    return engine;
  }

  /** Text of samples that are decoded as they are. */
  HeardText hear(float[] samples) throws Exception {
    return hear(engine.encoders().get(0).encode(samples), samples.length);
  }

  /**
   * Text of encoded sound.
   *
   * @param samples length of the sound
   */
  HeardText hear(EncodedChunks sound, int samples) throws Exception {
    return engine.decoder().decode(sound, samples / 16_000.0, Cancellation.disabled());
  }

  /** Ids of the text, and of its end unless the text was cut. */
  List<Integer> ids(HeardText text) {
    List<Integer> ids = new ArrayList<>(text.tokens().stream().map(ScoredToken::id).toList());
    if (!text.looped()) {
      ids.add(endToken);
    }
    return ids;
  }

  String text(HeardText text) {
    return engine
        .vocabulary()
        .decode(text.tokens().stream().mapToInt(ScoredToken::id).toArray())
        .replaceFirst("^ ", "");
  }
}
