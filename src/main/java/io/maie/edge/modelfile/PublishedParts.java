package io.maie.edge.modelfile;

import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Selects the published files of a model that are needed to run it. */
public final class PublishedParts {
  private static final String CONFIG = "config.json";
  private static final String CARD = "README.md";

  private PublishedParts() {}

  /**
   * Needed files.
   *
   * @return the descriptions first, which say whether the rest is worth fetching
   * @throws ProcessingException {@code MODEL_LOAD_ERROR} that names what is missing
   */
  public static List<String> among(FileListing files, GraphPreference preference)
      throws ProcessingException {
    Set<String> names = files.names();
    if (files.has("config.yaml")
        && names.stream().anyMatch(name -> name.startsWith("pytorch_model."))) {
      throw new ProcessingException(
          FailureCode.MODEL_LOAD_ERROR,
          "Expected graphs in %s, found a checkpoint of ChunkFormer".formatted(files.where()),
          "Download it on a workstation and export it there: docs/MODELS.md says how");
    }
    Optional<List<String>> parts =
        TransducerParts.among(
                new FileListing(TransducerParts.withoutHybrid(names), files.where()),
                EightBitEncoders.order(preference.hardware()))
            .map(TransducerParts::files)
            .or(() -> LanguageModelLayout.files(names, preference.ofHardware()))
            .or(() -> SenseVoiceLayout.files(names, preference.hardware()))
            .or(() -> SpeakerLayout.files(names));
    return parts.isPresent()
        ? withDescriptions(names, parts.get())
        : WhisperParts.among(files, preference);
  }

  /**
   * Returns whether {@code files} are those of an encoder-decoder, Whisper or Moonshine, of which
   * only the description says which one it is, and so which graphs suit.
   */
  public static boolean areOfEncoderDecoder(List<String> files) {
    return files.contains("tokenizer.json")
        && files.stream().anyMatch(file -> file.contains("encoder_model"));
  }

  /** The files of an encoder-decoder, whichever family it belongs to. */
  public static List<String> ofAnyFamily(FileListing files, GraphPreference preference)
      throws ProcessingException {
    Set<String> all = new LinkedHashSet<>(WhisperParts.among(files, preference));
    all.addAll(MoonshineLayout.parts(files, preference));
    return List.copyOf(all);
  }

  /**
   * The files of the encoder-decoder whose description lies in {@code folder}.
   *
   * @throws ProcessingException {@code MODEL_LOAD_ERROR} if it is of another kind
   */
  public static List<String> described(Path folder, FileListing files, GraphPreference preference)
      throws ProcessingException, IOException {
    if (MoonshineLayout.describes(folder)) {
      return MoonshineLayout.parts(files, preference);
    }
    WhisperParts.requireWhisper(folder, files.where());
    return WhisperParts.among(files, preference);
  }

  private static List<String> withDescriptions(Set<String> names, List<String> parts) {
    List<String> all = new ArrayList<>();
    for (String description : List.of(CONFIG, CARD)) {
      if (names.contains(description)) {
        all.add(description);
      }
    }
    parts.stream().filter(part -> !all.contains(part)).forEach(all::add);
    return List.copyOf(all);
  }
}
