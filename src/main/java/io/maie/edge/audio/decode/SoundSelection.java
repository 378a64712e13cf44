package io.maie.edge.audio.decode;

import static java.util.Objects.requireNonNull;

import io.maie.edge.request.ChannelChoice;
import io.maie.edge.request.RecordingParameters;
import io.maie.edge.request.TrackChoice;
import java.util.List;

/**
 * Choice of the channels and tracks to be heard.
 *
 * @param languages that are preferred among translations of one programme, the first most; codes of
 *     two or three letters
 */
public record SoundSelection(ChannelChoice channels, TrackChoice tracks, List<String> languages) {
  /** All of it as one sound. */
  public static final SoundSelection MIXED =
      new SoundSelection(ChannelChoice.MIX, TrackChoice.AUTO, List.of());

  /** All of it; apart where different people talk at the same time. */
  public static final SoundSelection AUTO = of(RecordingParameters.DEFAULTS);

  public SoundSelection {
    requireNonNull(channels, "channels is null");
    requireNonNull(tracks, "tracks is null");
    languages = List.copyOf(languages);
  }

  /** The choice in {@code parameters}. */
  public static SoundSelection of(RecordingParameters parameters) {
    return new SoundSelection(
        parameters.channels(), parameters.tracks(), parameters.languagesToKnow());
  }
}
