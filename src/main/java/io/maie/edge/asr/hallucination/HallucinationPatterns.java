package io.maie.edge.asr.hallucination;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Texts that models invent, by language; made by {@link PatternReader}. */
public final class HallucinationPatterns {
  /** The section that counts whatever the language is. */
  static final String COMMON = "common";

  /** Knows no texts. */
  public static final HallucinationPatterns EMPTY =
      new HallucinationPatterns(Map.of(), new TreeMap<>());

  private final Map<String, Section> sections;
  private final SortedMap<String, String> checksums;

  HallucinationPatterns(Map<String, Section> sections, SortedMap<String, String> checksums) {
    this.sections = Map.copyOf(sections);
    this.checksums = Collections.unmodifiableSortedMap(new TreeMap<>(checksums));
  }

  /**
   * The texts of one language.
   *
   * @param certain hardly anybody says them
   * @param doubtful people say them too
   */
  record Section(PhraseList certain, PhraseList doubtful) {
    static final Section EMPTY = new Section(PhraseList.EMPTY, PhraseList.EMPTY);

    Section plus(Section other) {
      return new Section(certain.plus(other.certain), doubtful.plus(other.doubtful));
    }
  }

  /** The checksums of the files, {@code sha256:} and 64 hexadecimal digits, by name. */
  public SortedMap<String, String> checksums() {
    return checksums;
  }

  Optional<String> certain(SpokenText text, Collection<String> languages) {
    return sections(languages).flatMap(each -> each.certain.find(text).stream()).findFirst();
  }

  Optional<String> doubtful(SpokenText text, Collection<String> languages) {
    return sections(languages).flatMap(each -> each.doubtful.find(text).stream()).findFirst();
  }

  Map<String, Section> sections() {
    return sections;
  }

  private Stream<Section> sections(Collection<String> languages) {
    return Stream.concat(languages.stream(), Stream.of(COMMON))
        .map(name -> sections.getOrDefault(name, Section.EMPTY));
  }
}
