package io.maie.edge.config;

import io.maie.edge.modelfile.hub.HubAddress;
import io.maie.edge.onnx.Device;
import io.maie.edge.onnx.OnnxOptions;
import io.maie.edge.schema.Key;
import io.maie.edge.schema.Keys;
import io.maie.edge.schema.Types;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The settings of the models folder and of the runtime of models. */
final class ModelKeys {
  /** In the order of the example file. */
  static final Keys KEYS = new Keys();

  static final Key<Device> ONNX_DEVICE =
      KEYS.open("onnx.device", Types.oneOf(Device.class), Device.AUTO, "Where models compute.");
  static final Key<Integer> ONNX_THREADS =
      KEYS.open(
          "onnx.threads",
          SettingTypes.integerOrAuto(256),
          0,
          "Processor threads that a model uses; auto = one per processor.");
  static final Key<Path> MODELS_PATH =
      KEYS.open(
          "models.path",
          SettingTypes.path(),
          Path.of("models"),
          "The folder of models; unless set, the folder models of the installation.");
  static final Key<Optional<Duration>> MODELS_IDLE_UNLOAD =
      KEYS.open(
          "models.idle_unload",
          Types.orOff(SettingTypes.positiveDuration()),
          Optional.of(OnnxOptions.DEFAULTS.idleUnload()),
          "A model that is not used for this long gives its memory back.");
  static final Key<HubAddress> MODELS_HUB =
      KEYS.open(
          "models.hub",
          SettingTypes.hubAddress(),
          HubAddress.HUGGING_FACE,
          "The hub from which 'maie-edge models pull' fetches models; nothing else uses the"
              + " network.");

  private ModelKeys() {}
}
