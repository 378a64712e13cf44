package io.maie.edge.durable;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NameRulesTest {
  private static final NameRules WINDOWS =
      new NameRules("\"*:<>?\\|\t\n\u0001", Character.MAX_CODE_POINT, false, false, 255);

  @ParameterizedTest
  @CsvSource({
    "standup 10:30.wav, standup 10_30.wav.json",
    "what?.mp3, what_.mp3.json",
    "\"no\" <really>|*.ogg, _no_ _really___.ogg.json",
    "back\\slash.wav, back_slash.wav.json",
    "Müller 語 \uD83D\uDE00.wav, Müller 語 \uD83D\uDE00.wav.json"
  })
  void forbiddenCharactersAreReplacedAndOthersStay(String name, String published) {
    assertThat(WINDOWS.name(new NameSeries(name, ".json"), 1)).isEqualTo(published);
  }

  @Test
  void controlCharactersAreReplaced() {
    assertThat(WINDOWS.name(new NameSeries("a\nb\u0001c\td", ""), 1)).isEqualTo("a_b_c_d");
  }

  @ParameterizedTest
  @CsvSource({"talk., talk_", "'talk ', talk_", "'talk. .', talk___", "talk.wav, talk.wav"})
  void trailingDotsAndBlanksAreReplaced(String name, String kept) {
    assertThat(WINDOWS.name(new NameSeries(name, ""), 1)).isEqualTo(kept);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CON",
        "con.wav",
        "NUL.txt",
        "Aux.mp3",
        "PRN .wav",
        "COM1.wav",
        "lpt9",
        "COM³",
        "CONIN$",
        "nul.tar.gz"
      })
  void namesOfDevicesTakeAPrefix(String name) {
    assertThat(WINDOWS.name(new NameSeries(name, ".json"), 1)).isEqualTo("_" + name + ".json");
    assertThat(NameRules.UNIX.name(new NameSeries(name, ".json"), 1)).isEqualTo(name + ".json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"CONference.wav", "null.wav", "COM10.wav", "COM.wav", "talk.con"})
  void namesThatOnlyBeginAsThoseOfDevicesStay(String name) {
    assertThat(WINDOWS.name(new NameSeries(name, ".json"), 1)).isEqualTo(name + ".json");
  }

  @Test
  void charactersAboveTheHighestAreReplacedAsAWhole() {
    NameRules plane = new NameRules("", 0xFFFF, true, true, 255);

    assertThat(plane.name(new NameSeries("語 \uD83D\uDE00.wav", ".json"), 1))
        .isEqualTo("語 _.wav.json");
  }

  @Test
  void aNameTooLongForTheFolderIsCutAndStaysDistinct() {
    NameRules encrypted = new NameRules("", Character.MAX_CODE_POINT, true, true, 143);
    String one = encrypted.name(new NameSeries("ü".repeat(80) + "1.wav", ".json"), 1);
    String other = encrypted.name(new NameSeries("ü".repeat(80) + "2.wav", ".json"), 1);

    assertThat(one).isNotEqualTo(other).endsWith(".json");
    assertThat(one.getBytes(UTF_8).length).isLessThanOrEqualTo(143);
  }

  @Test
  void theSafeFormOfAnyNameBreaksNoRule() {
    Random random = new Random(17);
    String alphabet = "aB.. :?*\"<>|\\\n\tCONULü語~";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder name = new StringBuilder();
      int length = 1 + random.nextInt(i % 100 == 0 ? 400 : 9);
      for (int at = 0; at < length; at++) {
        name.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      String suffix = random.nextBoolean() ? ".json" : "";

      String safe = WINDOWS.name(new NameSeries(name.toString(), suffix), 1 + random.nextInt(12));

      assertThat(safe).doesNotContainPattern("[\"*:<>?\\\\|\t\n]").doesNotMatch("(?s).*[. ]");
      assertThat(safe.getBytes(UTF_8).length).isLessThanOrEqualTo(255);
      assertThat(safe.toUpperCase(Locale.ROOT)).doesNotMatch("(?s)(CON|NUL) *(\\..*)?");
    }
  }

  @Test
  void ordinaryFileSystemsChangeNoName() {
    assertThat(NameRules.UNIX.name(new NameSeries("a:b? \n*.", ".json"), 1))
        .isEqualTo("a:b? \n*..json");
  }
}
