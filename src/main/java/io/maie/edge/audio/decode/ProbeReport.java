package io.maie.edge.audio.decode;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Report of ffprobe on a file.
 *
 * @param format ffmpeg's names of the container, comma-separated; empty if it knows none
 * @param audio its audio streams
 * @param others codecs of its video, subtitle and data streams; cover pictures do not count
 * @param containerSeconds duration of the container as a whole
 * @param isGuessed whether the name of the file alone, or a few of its bytes, speak for the format
 */
record ProbeReport(
    String format,
    List<AudioStream> audio,
    List<String> others,
    OptionalDouble containerSeconds,
    boolean isGuessed) {
  /** The score that ffmpeg gives to the ending of a name (AVPROBE_SCORE_EXTENSION). */
  private static final int SCORE_OF_NAMES = 50;

  /** Value that MP4 writes for an unknown duration (ISO/IEC 14496-12, 8.4.2). */
  private static final long UNKNOWN_TICKS = 0xFFFF_FFFFL;

  /** Ten years: a file that declares more does not know its duration. */
  private static final double ABSURD_SECONDS = 10 * 365 * 86_400.0;

  /** Names of ffmpeg for samples of 16 bits or less, as they lie in memory. */
  private static final Set<String> FORMATS_OF_16_BITS = Set.of("u8", "u8p", "s16", "s16p");

  private static final JsonMapper JSON = new JsonMapper();

  /** Matroska's way to write a duration, such as {@code 00:00:05.023000000}. */
  private static final Pattern CLOCK = Pattern.compile("(\\d+):(\\d+):(\\d+(?:\\.\\d+)?)");

  ProbeReport {
    requireNonNull(format, "format is null");
    requireNonNull(containerSeconds, "containerSeconds is null");
    audio = List.copyOf(audio);
    others = List.copyOf(others);
  }

  /** Reads ffprobe's JSON; fields that are absent or odd count as unknown. */
  static ProbeReport parse(byte[] json) throws IOException {
    JsonNode root = JSON.readTree(json);
    List<AudioStream> audio = new ArrayList<>();
    List<String> others = new ArrayList<>();
    for (JsonNode stream : root.path("streams")) {
      if (stream.path("codec_type").asText().equals("audio")) {
        audio.add(audioStream(stream));
      } else if (!isSet(stream, "attached_pic")) {
        others.add(stream.path("codec_name").asText("unknown"));
      }
    }
    JsonNode format = root.path("format");
    boolean isUnknown =
        root.path("streams").findValues("duration_ts").stream()
            .anyMatch(ticks -> ticks.asLong() == UNKNOWN_TICKS);
    return new ProbeReport(
        format.path("format_name").asText(""),
        audio,
        others,
        isUnknown ? OptionalDouble.empty() : seconds(format.path("duration")),
        format.path("probe_score").asInt() <= SCORE_OF_NAMES);
  }

  private static AudioStream audioStream(JsonNode stream) {
    String codec = stream.path("codec_name").asText("");
    return new AudioStream(
        stream.path("index").asInt(),
        codec.equals("unknown") || codec.equals("none") ? "" : codec,
        stream.path("codec_tag_string").asText(""),
        stream.path("sample_rate").asInt(),
        stream.path("channels").asInt(),
        FORMATS_OF_16_BITS.contains(stream.path("sample_fmt").asText()),
        streamSeconds(stream),
        isSet(stream, "default"),
        stream.path("tags").path("title").asText(""),
        language(stream.path("tags").path("language").asText("")));
  }

  /** Without the word that stands for an unknown one. */
  private static String language(String code) {
    return code.equals("und") ? "" : code;
  }

  private static OptionalDouble streamSeconds(JsonNode stream) {
    OptionalDouble duration =
        stream.path("duration_ts").asLong() == UNKNOWN_TICKS
            ? OptionalDouble.empty()
            : seconds(stream.path("duration"));
    if (duration.isPresent()) {
      return duration;
    }
    Matcher clock = CLOCK.matcher(stream.path("tags").path("DURATION").asText(""));
    if (!clock.matches()) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(
        3_600 * Double.parseDouble(clock.group(1))
            + 60 * Double.parseDouble(clock.group(2))
            + Double.parseDouble(clock.group(3)));
  }

  private static OptionalDouble seconds(JsonNode value) {
    double seconds = value.asDouble(0);
    return seconds > 0 && seconds < ABSURD_SECONDS
        ? OptionalDouble.of(seconds)
        : OptionalDouble.empty();
  }

  private static boolean isSet(JsonNode stream, String disposition) {
    return stream.path("disposition").path(disposition).asInt() != 0;
  }

  /** The streams, best first: those that can be decoded, the preferred ones, the first ones. */
  List<AudioStream> byPreference() {
    return audio.stream()
        .sorted(
            Comparator.comparing((AudioStream stream) -> !stream.isDecodable())
                .thenComparing(stream -> !stream.preferred())
                .thenComparing(AudioStream::index))
        .toList();
  }

  /**
   * The duration that {@code stream} should have; unknown if only other streams may be that long.
   */
  OptionalDouble seconds(AudioStream stream) {
    boolean alone = audio.size() == 1 && others.isEmpty();
    return stream.seconds().isPresent() || !alone ? stream.seconds() : containerSeconds;
  }

  /** One name of the container, the one that people use. */
  String container() {
    if (format.startsWith("mov,mp4")) {
      return "mp4";
    }
    int comma = format.indexOf(',');
    return comma < 0 ? format : format.substring(0, comma);
  }
}
