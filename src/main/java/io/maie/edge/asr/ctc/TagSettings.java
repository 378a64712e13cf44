package io.maie.edge.asr.ctc;

import static java.util.Objects.requireNonNull;

import io.maie.edge.asr.frames.Posteriors;
import io.maie.edge.asr.frames.SpeechTags;
import io.maie.edge.asr.frames.TokenTable;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.modelfile.ManifestSection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code tags} of a manifest: a model that takes a language, and whose first frames
 * give language, emotion, kind of sound and form of the text, one each (K. An et al., FunAudioLLM,
 * 2024, SenseVoice).
 *
 * @param frames their number, 3 or more
 * @param languageInput takes the number of a language
 * @param languages their numbers by code; {@code auto} lets the model find out
 * @param formInput takes the number of a form
 * @param form digits and punctuation, or neither
 */
record TagSettings(
    int frames, String languageInput, Map<String, Integer> languages, String formInput, int form) {
  private static final String AUTO = "auto";
  private static final int LEAST_FRAMES = 3;

  /** Tags by which the model says that it does not know. */
  private static final Set<String> UNSAID = Set.of("nospeech", "EMO_UNKNOWN", "Event_UNK");

  TagSettings {
    requireNonNull(languageInput, "languageInput is null");
    requireNonNull(formInput, "formInput is null");
    languages = Map.copyOf(languages);
  }

  /** Reads the section, if there is one. */
  static Optional<TagSettings> read(ManifestSection parent) throws ProcessingException {
    if (!parent.has("tags")) {
      return Optional.empty();
    }
    ManifestSection section = parent.section("tags");
    section.requireOnly("frames", "language_input", "languages", "form_input", "form");
    ManifestSection codes = section.section("languages");
    Map<String, Integer> languages = new HashMap<>();
    for (String code : codes.keys()) {
      languages.put(code, codes.integer(code));
    }
    int frames = section.integer("frames");
    if (frames < LEAST_FRAMES || !languages.containsKey(AUTO)) {
      throw section.invalid("frames", LEAST_FRAMES + " or more, and a language 'auto'");
    }
    return Optional.of(
        new TagSettings(
            frames,
            section.text("language_input"),
            languages,
            section.text("form_input"),
            section.integer("form")));
  }

  /** The number of a language; that of finding out, if the model does not know it. */
  int language(@Nullable String code) {
    Integer known = languages.get(code == null ? AUTO : code.split("[-_]", 2)[0]);
    return known == null ? requireNonNull(languages.get(AUTO), "checked when read") : known;
  }

  /** Reads the tags in the first frames. */
  SpeechTags tags(Posteriors posteriors, TokenTable tokens) {
    String[] tags = new String[LEAST_FRAMES];
    for (int frame = 0; frame < tags.length; frame++) {
      boolean isThere = frame < posteriors.frames();
      tags[frame] = isThere ? tag(tokens.text(posteriors.best(frame))) : "";
    }
    return new SpeechTags(tags[0], tags[1], tags[2]);
  }

  /** {@code en} of {@code <|en|>}; empty for what is no tag. */
  private static String tag(String text) {
    if (!text.startsWith("<|") || !text.endsWith("|>")) {
      return "";
    }
    String tag = text.substring(2, text.length() - 2);
    return UNSAID.contains(tag) ? "" : tag;
  }
}
