package io.maie.edge.request;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Parameters by which one recording is processed. Merged by the validator from the profile in
 * force, the folder profile and the sidecar; the components are the keys of those files in camel
 * case.
 *
 * @param templateId required with {@link Feature#SUMMARY}
 * @param asrModel a folder under {@code models/}; null = the backend's choice
 * @param language ISO 639-1, {@code zh-Hans}, {@code zh-Hant} or {@code auto}
 * @param languages the languages that may be spoken if {@code language} is {@code auto}; empty =
 *     any
 * @param channels the channels to hear, and the way to hear them
 * @param tracks the audio tracks to hear
 * @param vadThreshold 0 to 1
 * @param numSpeakers exact number of speakers if known
 * @param speakerSource by what speakers are told apart
 * @param speakerNames names of speakers by their ids, such as {@code S1}
 * @param cleaning further changes of a clean transcript, besides sentences, casing and punctuation
 * @param subtitleSpeakers whether SubRip files say who speaks
 * @param allowDuplicate whether it is processed although an earlier result could answer it
 * @param metadata JSON values, echoed untouched in the result
 */
public record RecordingParameters(
    Set<Feature> features,
    @Nullable String templateId,
    AsrBackend asrBackend,
    @Nullable String asrModel,
    String language,
    List<String> languages,
    ChannelChoice channels,
    TrackChoice tracks,
    boolean translate,
    @Nullable String initialPrompt,
    List<String> vocabulary,
    boolean enableVad,
    double vadThreshold,
    boolean enableDiarization,
    @Nullable Integer numSpeakers,
    @Nullable Integer minSpeakers,
    @Nullable Integer maxSpeakers,
    SpeakerSource speakerSource,
    Map<String, String> speakerNames,
    Set<Cleaning> cleaning,
    boolean subtitleSpeakers,
    Set<OutputFormat> outputFormats,
    boolean allowDuplicate,
    int priority,
    Map<String, Object> metadata) {

  /** The language value that asks the model to find out. */
  public static final String AUTO_LANGUAGE = "auto";

  public static final RecordingParameters DEFAULTS =
      new RecordingParameters(
          EnumSet.of(Feature.RAW_TRANSCRIPT),
          null,
          AsrBackend.AUTO,
          null,
          AUTO_LANGUAGE,
          List.of(),
          ChannelChoice.AUTO,
          TrackChoice.AUTO,
          false,
          null,
          List.of(),
          true,
          0.5,
          false,
          null,
          null,
          null,
          SpeakerSource.AUTO,
          Map.of(),
          EnumSet.noneOf(Cleaning.class),
          false,
          EnumSet.of(OutputFormat.JSON, OutputFormat.TXT),
          false,
          0,
          Map.of());

  public RecordingParameters {
    requireNonNull(asrBackend, "asrBackend is null");
    requireNonNull(language, "language is null");
    requireNonNull(channels, "channels is null");
    requireNonNull(tracks, "tracks is null");
    requireNonNull(speakerSource, "speakerSource is null");
    features = Collections.unmodifiableSet(EnumSet.copyOf(features));
    EnumSet<Cleaning> steps = EnumSet.noneOf(Cleaning.class);
    steps.addAll(cleaning);
    cleaning = Collections.unmodifiableSet(steps);
    outputFormats = Collections.unmodifiableSet(EnumSet.copyOf(outputFormats));
    languages = List.copyOf(languages);
    vocabulary = List.copyOf(vocabulary);
    speakerNames = Collections.unmodifiableMap(new TreeMap<>(speakerNames));
    // Map.copyOf would refuse the nulls that JSON allows
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  /**
   * The language that was asked for, which is also the only one that may be spoken; empty if the
   * model shall find out.
   */
  public Optional<String> spokenLanguage() {
    if (!language.equals(AUTO_LANGUAGE)) {
      return Optional.of(language);
    }
    return languages.size() == 1 ? Optional.of(languages.get(0)) : Optional.empty();
  }

  /** The way to tell speakers apart; channels that are heard apart are speakers by default. */
  public SpeakerSource effectiveSpeakerSource() {
    return speakerSource == SpeakerSource.AUTO && channels.equals(ChannelChoice.EACH)
        ? SpeakerSource.CHANNELS
        : speakerSource;
  }

  /** Codes of two or three letters that the model has to know; empty = any. */
  public List<String> languagesToKnow() {
    return spokenLanguage().map(List::of).orElse(languages).stream()
        .map(code -> code.replaceFirst("-.*", ""))
        .distinct()
        .toList();
  }
}
