package io.maie.edge.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.testing.ManualTicker;
import io.maie.edge.testing.SharedMaterial;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Decodes people's speech with Moonshine, its decoder opened for one token after another. */
final class FastStepsTest {
  private static final int LAYERS = 6;
  private static final long HEADS = 8;
  private static final long HEAD_SIZE = 36;
  private static final long BEGIN = 1;
  private static final long END = 2;

  private final OnnxRuntime runtime =
      new OnnxRuntime(new OnnxOptions(Device.CPU, 1, Duration.ofMinutes(10)), new ManualTicker());

  @AfterEach
  void closeRuntime() {
    runtime.close();
  }

  @Test
  void moonshineSaysWhatItSaidBefore() throws Exception {
    JsonNode cases =
        new ObjectMapper()
            .readTree(SharedMaterial.require("examples", "moonshine", "golden.json").toFile())
            .get("cases");
    ModelUse use = ModelUse.RECOGNITION.withCrossAttentions().withFastSteps();
    OnnxModel encoder = model("encoder_model.onnx", ModelUse.RECOGNITION);
    OnnxModel decoder = model("decoder_model_merged.onnx", use);

    for (String name : List.of("lv0870", "lv0880", "lv0890", "lv0920", "lv0930", "goforward")) {
      List<Long> known = new ArrayList<>();
      cases.get(name).get("greedy").forEach(id -> known.add(id.asLong()));
      try (Tensor sound = sound(SharedMaterial.require("audio", "clips", name + ".wav"));
          Outputs heard = encoder.run(Map.of("input_values", sound))) {
        assertThat(greedy(decoder, heard.tensor("last_hidden_state"), known.size()))
            .as(name)
            .isEqualTo(known);
      }
    }
  }

  private OnnxModel model(String file, ModelUse use) {
    return runtime.model(file, SharedMaterial.require("models", "moonshine-tiny-en", file), use);
  }

  private static Tensor sound(Path file) throws Exception {
    try (AudioInputStream audio = AudioSystem.getAudioInputStream(file.toFile())) {
      ByteBuffer bytes = ByteBuffer.wrap(audio.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
      float[] samples = new float[bytes.remaining() / Short.BYTES];
      for (int i = 0; i < samples.length; i++) {
        samples[i] = bytes.getShort() / 32768f;
      }
      return Tensor.of(samples, 1, samples.length);
    }
  }

  private static List<Long> greedy(OnnxModel decoder, Tensor hidden, int limit)
      throws ProcessingException {
    List<Long> said = new ArrayList<>();
    List<Outputs> calls = new ArrayList<>();
    try (Tensor nothing = Tensor.zeros(1, HEADS, 1, HEAD_SIZE)) {
      Map<String, Tensor> past = pastOf(nothing);
      long token = BEGIN;
      while (said.size() < limit && token != END) {
        Outputs call = step(decoder, token, hidden, past, !said.isEmpty());
        calls.add(call);
        token = best(call.floats("logits"));
        said.add(token);
      }
      return said;
    } finally {
      calls.forEach(Outputs::close);
    }
  }

  private static Map<String, Tensor> pastOf(Tensor nothing) {
    Map<String, Tensor> past = new HashMap<>();
    for (int layer = 0; layer < LAYERS; layer++) {
      for (String of : List.of("decoder.key", "decoder.value", "encoder.key", "encoder.value")) {
        past.put("past_key_values." + layer + "." + of, nothing);
      }
    }
    return past;
  }

  /**
   * Reads one token.
   *
   * @param past changed to what has been read then; keys and values of the audio are those of the
   *     first call
   */
  private static Outputs step(
      OnnxModel decoder, long token, Tensor hidden, Map<String, Tensor> past, boolean useCache)
      throws ProcessingException {
    Map<String, Tensor> inputs = new HashMap<>(past);
    try (Tensor tokens = Tensor.of(new long[] {token}, 1, 1);
        Tensor flag = Tensor.flag(useCache)) {
      inputs.put("input_ids", tokens);
      inputs.put("encoder_hidden_states", hidden);
      inputs.put("use_cache_branch", flag);
      Outputs outputs = decoder.run(inputs);
      for (String name : List.copyOf(past.keySet())) {
        if (!useCache || name.contains(".decoder.")) {
          past.put(name, outputs.tensor(name.replace("past_key_values", "present")));
        }
      }
      return outputs;
    }
  }

  private static long best(float[] scores) {
    int best = 0;
    for (int id = 1; id < scores.length; id++) {
      if (scores[id] > scores[best]) {
        best = id;
      }
    }
    return best;
  }
}
