package io.maie.edge.request;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checked values on top of parameters. */
record ParameterOverlay(Map<ParameterKey, @Nullable Object> values) {

  RecordingParameters over(RecordingParameters weaker) {
    return new RecordingParameters(
        pick(ParameterKey.FEATURES, weaker.features()),
        pickNullable(ParameterKey.TEMPLATE_ID, weaker.templateId()),
        pick(ParameterKey.ASR_BACKEND, weaker.asrBackend()),
        pickNullable(ParameterKey.ASR_MODEL, weaker.asrModel()),
        pick(ParameterKey.LANGUAGE, weaker.language()),
        pick(ParameterKey.LANGUAGES, weaker.languages()),
        pick(ParameterKey.CHANNELS, weaker.channels()),
        pick(ParameterKey.TRACKS, weaker.tracks()),
        pick(ParameterKey.TRANSLATE, weaker.translate()),
        pickNullable(ParameterKey.INITIAL_PROMPT, weaker.initialPrompt()),
        pick(ParameterKey.VOCABULARY, weaker.vocabulary()),
        pick(ParameterKey.ENABLE_VAD, weaker.enableVad()),
        pick(ParameterKey.VAD_THRESHOLD, weaker.vadThreshold()),
        pick(ParameterKey.ENABLE_DIARIZATION, weaker.enableDiarization()),
        pickNullable(ParameterKey.NUM_SPEAKERS, weaker.numSpeakers()),
        pickNullable(ParameterKey.MIN_SPEAKERS, weaker.minSpeakers()),
        pickNullable(ParameterKey.MAX_SPEAKERS, weaker.maxSpeakers()),
        pick(ParameterKey.SPEAKER_SOURCE, weaker.speakerSource()),
        pick(ParameterKey.SPEAKER_NAMES, weaker.speakerNames()),
        pick(ParameterKey.CLEANING, weaker.cleaning()),
        pick(ParameterKey.SUBTITLE_SPEAKERS, weaker.subtitleSpeakers()),
        withJson(pick(ParameterKey.OUTPUT_FORMATS, weaker.outputFormats())),
        pick(ParameterKey.ALLOW_DUPLICATE, weaker.allowDuplicate()),
        pick(ParameterKey.PRIORITY, weaker.priority()),
        pick(ParameterKey.METADATA, weaker.metadata()));
  }

  /** The JSON marks a result as complete, so it is always published. */
  private static Set<OutputFormat> withJson(Set<OutputFormat> formats) {
    EnumSet<OutputFormat> all = EnumSet.copyOf(formats);
    all.add(OutputFormat.JSON);
    return all;
  }

  /** The checks of {@link ParameterKey} give each value the type of its component. */
  @SuppressWarnings("unchecked")
  private <T> T pick(ParameterKey key, T weaker) {
    @Nullable Object value = values.get(key);
    return value == null ? weaker : (T) value;
  }

  @SuppressWarnings("unchecked")
  private <T> @Nullable T pickNullable(ParameterKey key, @Nullable T weaker) {
    return values.containsKey(key) ? (T) values.get(key) : weaker;
  }
}
