package io.maie.edge.audio.decode;

import io.maie.edge.request.TrackChoice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The audio tracks of a file that are heard. Tracks in several languages are translations of one
 * programme, of which one language is heard; tracks without a language belong to each.
 *
 * @param heard the tracks to hear, the preferred one first
 * @param leftOut tracks that are measured only, so that a warning can tell whether they hold sound
 * @param reason for not hearing these
 * @param all the tracks in the order of the file, which numbers them from 1
 * @param problem the obstacle to the wish; empty if it was met
 */
record TrackSelection(
    List<AudioStream> heard,
    List<AudioStream> leftOut,
    String reason,
    List<AudioStream> all,
    Optional<String> problem) {
  /** Tracks that are decoded together; files with more are rare. */
  private static final int MAX_TRACKS = 8;

  static final String NOT_ASKED_FOR = "not asked for";
  static final String TRANSLATION = "a translation of another track";

  /** Note on a track that was not even decoded. */
  static final String NOT_LISTENED_TO = "not listened to";

  /** Codes of ISO 639-2 for bibliographies, which containers use, by those for terminology. */
  private static final Map<String, String> BIBLIOGRAPHIC =
      Map.ofEntries(
          Map.entry("alb", "sqi"),
          Map.entry("arm", "hye"),
          Map.entry("baq", "eus"),
          Map.entry("bur", "mya"),
          Map.entry("chi", "zho"),
          Map.entry("cze", "ces"),
          Map.entry("dut", "nld"),
          Map.entry("fre", "fra"),
          Map.entry("geo", "kat"),
          Map.entry("ger", "deu"),
          Map.entry("gre", "ell"),
          Map.entry("ice", "isl"),
          Map.entry("mac", "mkd"),
          Map.entry("mao", "mri"),
          Map.entry("may", "msa"),
          Map.entry("per", "fas"),
          Map.entry("rum", "ron"),
          Map.entry("slo", "slk"),
          Map.entry("tib", "bod"),
          Map.entry("wel", "cym"));

  TrackSelection {
    heard = List.copyOf(heard);
    leftOut = List.copyOf(leftOut);
    all = List.copyOf(all);
  }

  static TrackSelection of(FfmpegProbe.Source source, SoundSelection wanted) {
    List<AudioStream> preferred = new ArrayList<>(List.of(source.stream()));
    preferred.addAll(source.others());
    TrackChoice choice = wanted.tracks();
    List<AudioStream> asked = asked(preferred, choice);
    boolean isMet = !asked.isEmpty();
    List<AudioStream> heard = isMet ? asked : withoutTranslations(preferred, wanted.languages());
    List<AudioStream> rest = preferred.stream().filter(stream -> !heard.contains(stream)).toList();
    int count = Math.min(MAX_TRACKS, heard.size());
    return new TrackSelection(
        heard.subList(0, count),
        rest.subList(0, Math.min(MAX_TRACKS - count, rest.size())),
        isMet ? NOT_ASKED_FOR : TRANSLATION,
        inOrder(preferred),
        isMet || choice.equals(TrackChoice.AUTO)
            ? Optional.empty()
            : Optional.of(
                "There is no audio track '%s'; the tracks were chosen as by auto"
                    .formatted(choice.word())));
  }

  private static List<AudioStream> inOrder(List<AudioStream> streams) {
    return streams.stream().sorted(Comparator.comparingInt(AudioStream::index)).toList();
  }

  /** The tracks that are asked for by number or language, or all; none if there are no such. */
  private static List<AudioStream> asked(List<AudioStream> preferred, TrackChoice choice) {
    if (choice.equals(TrackChoice.ALL)) {
      return preferred;
    }
    OptionalInt number = choice.number();
    if (number.isPresent()) {
      return inOrder(preferred).stream().skip(number.getAsInt() - 1L).limit(1).toList();
    }
    return choice.language().map(language -> inLanguage(preferred, language)).orElse(List.of());
  }

  private static List<AudioStream> inLanguage(List<AudioStream> streams, String language) {
    return streams.stream()
        .filter(stream -> threeLetters(stream.language()).equals(threeLetters(language)))
        .toList();
  }

  private static List<AudioStream> withoutTranslations(
      List<AudioStream> preferred, List<String> languages) {
    List<String> known =
        preferred.stream()
            .map(stream -> threeLetters(stream.language()))
            .filter(code -> !code.isEmpty())
            .distinct()
            .toList();
    if (known.size() < 2) {
      return preferred;
    }
    String language =
        languages.stream()
            .map(TrackSelection::threeLetters)
            .filter(known::contains)
            .findFirst()
            .orElse(threeLetters(preferred.get(0).language()));
    return preferred.stream()
        .filter(
            stream ->
                stream.language().isEmpty() || threeLetters(stream.language()).equals(language))
        .sorted(Comparator.comparing(stream -> stream.language().isEmpty() && !language.isEmpty()))
        .toList();
  }

  /** The code of three letters for terminology; the code itself if it names no language. */
  private static String threeLetters(String code) {
    String bare = code.toLowerCase(Locale.ROOT).replaceFirst("[-_].*", "");
    String three = bare.length() == 2 ? Locale.forLanguageTag(bare).getISO3Language() : bare;
    return Objects.requireNonNullElse(BIBLIOGRAPHIC.get(three), three);
  }

  /** The number of a track, from 1. */
  int number(AudioStream stream) {
    return all.indexOf(stream) + 1;
  }
}
