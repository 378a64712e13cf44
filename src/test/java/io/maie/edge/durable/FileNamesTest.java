package io.maie.edge.durable;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.Normalizer;
import org.junit.jupiter.api.Test;

final class FileNamesTest {
  /** "Gespräch" in Latin-1, which is not valid UTF-8. */
  private static final Path LATIN = Path.of(URI.create("file:///inbox/Gespr%E4ch.wav"));

  @Test
  void theBytesOfANameSurvive() {
    assertThat(FileNames.rawBytes(LATIN))
        .isEqualTo("Gespräch.wav".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(FileNames.rawBytes(Path.of("/inbox/a%41 ü😀\n.wav")))
        .isEqualTo("a%41 ü😀\n.wav".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void theBytesOfAWholePathSurvive() {
    assertThat(FileNames.rawPath(LATIN))
        .isEqualTo("/inbox/Gespräch.wav".getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void aNameThatIsNotTextIsTransliteratedAndStaysDistinct() {
    Path twin = Path.of(URI.create("file:///inbox/Gespr%F6ch.wav"));

    assertThat(FileNames.isText(LATIN)).isFalse();
    assertThat(FileNames.text(LATIN)).matches("Gespr_ch~[0-9a-f]{8}\\.wav");
    assertThat(FileNames.text(twin)).isNotEqualTo(FileNames.text(LATIN));
  }

  @Test
  void textIsComposed() {
    String decomposed = Normalizer.normalize("Müller.wav", Normalizer.Form.NFD);

    assertThat(FileNames.text(Path.of(decomposed))).isEqualTo("Müller.wav");
  }

  @Test
  void aReplacementCharacterThatIsReallyInTheNameStays() {
    assertThat(FileNames.text(Path.of("a\uFFFDb.wav"))).isEqualTo("a\uFFFDb.wav");
  }

  @Test
  void numbersStandBeforeTheSuffix() {
    assertThat(new NameSeries("talk.wav", ".json").name(1)).isEqualTo("talk.wav.json");
    assertThat(new NameSeries("talk.wav", ".json").name(2)).isEqualTo("talk.wav~2.json");
  }

  @Test
  void aLongNameIsCutBetweenCharactersAndStaysDistinct() {
    String emoji = "😀".repeat(63) + "abc";

    String name = new NameSeries(emoji, ".error.json").name(12);

    assertThat(name.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(255);
    assertThat(name).matches("(😀)+~[0-9a-f]{8}~12\\.error\\.json");
    assertThat(new NameSeries(emoji + "d", ".error.json").name(12)).isNotEqualTo(name);
  }

  @Test
  void aNameThatJustFitsIsNotCut() {
    String stem = "a".repeat(250);

    assertThat(new NameSeries(stem, ".json").name(1)).isEqualTo(stem + ".json");
    assertThat(new NameSeries(stem + "b", ".json").name(1)).hasSize(255).contains("~");
  }

  @Test
  void namesForPeopleStayOnOneLineAndReadForward() {
    assertThat(FileNames.printable(Path.of("a\nb\tc\u202Egnp.wav")))
        .isEqualTo("a\\u000Ab\\u0009c\\u202Egnp.wav");
    assertThat(FileNames.printable(Path.of("Müller 会议 😀.wav"))).isEqualTo("Müller 会议 😀.wav");
  }

  @Test
  void onlyShortEndingsAreExtensions() {
    assertThat(FileNames.extension("talk.wav")).isEqualTo(".wav");
    assertThat(FileNames.stem("a.b.wav")).isEqualTo("a.b");
    assertThat(FileNames.extension("3. Sitzung am Montag")).isEmpty();
    assertThat(FileNames.extension(".hidden")).isEmpty();
    assertThat(FileNames.stem("plain")).isEqualTo("plain");
  }
}
