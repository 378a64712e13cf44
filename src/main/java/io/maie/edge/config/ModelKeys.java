package io.maie.edge.config;

import static io.maie.edge.config.Setting.open;

import io.maie.edge.modelfile.hub.HubAddress;
import io.maie.edge.onnx.Device;
import io.maie.edge.onnx.OnnxOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The settings of the models folder and of the runtime of models. */
final class ModelKeys {
  static final Setting<Device> ONNX_DEVICE =
      open("onnx.device", SettingTypes.oneOf(Device.class), Device.AUTO, "Where models compute.");
  static final Setting<Integer> ONNX_THREADS =
      open(
          "onnx.threads",
          SettingTypes.integerOrAuto(256),
          0,
          "Processor threads that a model uses; auto = one per processor.");
  static final Setting<Path> MODELS_PATH =
      open(
          "models.path",
          SettingTypes.path(),
          Path.of("models"),
          "The folder of models; unless set, the folder models of the installation.");
  static final Setting<Optional<Duration>> MODELS_IDLE_UNLOAD =
      open(
          "models.idle_unload",
          SettingTypes.orOff(SettingTypes.positiveDuration()),
          Optional.of(OnnxOptions.DEFAULTS.idleUnload()),
          "A model that is not used for this long gives its memory back.");
  static final Setting<HubAddress> MODELS_HUB =
      open(
          "models.hub",
          SettingTypes.hubAddress(),
          HubAddress.HUGGING_FACE,
          "The hub from which 'maie-edge models pull' fetches models; nothing else uses the"
              + " network.");

  /** In the order of the example file. */
  static final List<Setting<?>> ALL =
      List.of(ONNX_DEVICE, ONNX_THREADS, MODELS_PATH, MODELS_IDLE_UNLOAD, MODELS_HUB);

  private ModelKeys() {}
}
