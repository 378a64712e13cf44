package io.maie.edge.config;

import static io.maie.edge.config.Setting.open;

import io.maie.edge.retention.RetentionOptions;
import java.time.Duration;
import java.util.List;

/** The settings of the local API. */
final class HttpKeys {
  static final Setting<Duration> RESULT_KEEP =
      open(
          "http.result_keep",
          SettingTypes.duration(),
          RetentionOptions.DEFAULTS.apiResultAge(),
          "How long state/results/ keeps the results of recordings sent to the API.");

  /** In the order of the example file. */
  static final List<Setting<?>> ALL = List.of(RESULT_KEEP);

  private HttpKeys() {}
}
