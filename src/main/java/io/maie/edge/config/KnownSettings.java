package io.maie.edge.config;

import io.maie.edge.request.Parameters;
import io.maie.edge.schema.DidYouMean;
import io.maie.edge.schema.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The names that settings have, had, or are mistaken for. */
final class KnownSettings {
  /** The section whose keys are those of a sidecar. */
  static final String DEFAULTS = "defaults";

  static final KnownSettings OF_PROGRAM =
      new KnownSettings(
          Stream.of(
                  ArrivalKeys.KEYS,
                  ProcessingKeys.KEYS,
                  MoonshineKeys.KEYS,
                  TransducerKeys.KEYS,
                  WhisperKeys.KEYS,
                  HallucinationKeys.KEYS,
                  DiarizationKeys.KEYS,
                  TextKeys.KEYS,
                  ModelKeys.KEYS,
                  UpkeepKeys.KEYS,
                  HttpKeys.KEYS)
              .flatMap(keys -> keys.all().stream())
              .toList());

  /** Names of earlier versions, of drafts and of the server that this program grew out of. */
  private static final Map<String, String> SUCCESSORS =
      Map.ofEntries(
          Map.entry("inbox.stable_time", "inbox.settle_time"),
          Map.entry("vad.enabled", "defaults.enable_vad"),
          Map.entry("vad.threshold", "defaults.vad_threshold"),
          Map.entry("vad.silero_threshold", "defaults.vad_threshold"),
          Map.entry("vad.min_speech_duration_ms", "vad.min_speech"),
          Map.entry("vad.min_silence_duration_ms", "vad.min_silence"),
          Map.entry("vad.max_speech_duration_ms", "vad.max_speech"),
          Map.entry("asr.backend", "defaults.asr_backend"),
          Map.entry("asr.language", "defaults.language"),
          Map.entry("api.default_asr_backend", "defaults.asr_backend"),
          Map.entry("api.max_file_size_mb", "limits.max_file_size"),
          Map.entry("llm.server_url", "text.summary.url"),
          Map.entry("diarization.enabled", "defaults.enable_diarization"),
          Map.entry("done.path", "archive.path"),
          Map.entry("retention.work_leftovers", "retention.leftovers_keep"),
          Map.entry("cleanup.audio_cleanup_interval", "retention.cleanup_interval"),
          Map.entry("cleanup.audio_retention_days", "retention.archive_keep"),
          Map.entry("cleanup.logs_retention_days", "logging.keep"),
          Map.entry("cleanup.disk_threshold_pct", "disk.warn_at"),
          Map.entry("logging.log_level", "logging.level"),
          Map.entry("logging.log_dir", "logging.file"),
          Map.entry("logging.log_rotation", "logging.max_file_size"),
          Map.entry("logging.log_retention", "logging.keep"));

  private final List<Key<?>> all;
  private final List<String> names;

  KnownSettings(List<Key<?>> all) {
    this.all = List.copyOf(all);
    List<String> everyName = new ArrayList<>(all.stream().map(Key::name).toList());
    Parameters.all().keySet().forEach(label -> everyName.add(DEFAULTS + "." + label));
    names = List.copyOf(everyName);
  }

  /** Sentences about settings that are gone, by name. */
  static Map<String, String> successors() {
    return SUCCESSORS;
  }

  /** All but those of the section {@code defaults}, in documented order. */
  List<Key<?>> all() {
    return all;
  }

  /** All names, those of the section {@code defaults} included. */
  List<String> names() {
    return names;
  }

  boolean knows(String name) {
    return names.contains(name);
  }

  boolean knowsSection(String section) {
    return names.stream().anyMatch(name -> name.startsWith(section + "."));
  }

  /** Advice for an unknown name. */
  String correction(String name) {
    String successor = SUCCESSORS.get(name);
    if (successor != null) {
      return "this setting was removed; use " + successor + " instead";
    }
    return "unknown setting" + DidYouMean.suggestion(name, names) + elsewhere(name);
  }

  /** The right key in the wrong section. */
  private String elsewhere(String name) {
    String key = name.substring(name.indexOf('.') + 1);
    boolean suggested = DidYouMean.nearest(name, names).isPresent();
    return suggested
        ? ""
        : names.stream()
            .filter(known -> known.endsWith("." + key))
            .findFirst()
            .map(known -> "; did you mean '" + known + "'?")
            .orElse("");
  }
}
