package io.maie.edge.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.schema.StrictDocument.Syntax;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class StrictDocumentTest {
  private static final String ALPHABET = "{}[]:,\"'&*!|>-? \n\t#%@`ab01.e+\\u\u0000\u0085\uFEFF~";

  @Test
  void numbersStayAsTheyWereWritten() {
    StrictDocument document =
        read("{\"a\": 1.10, \"b\": 123456789012345678901, \"c\": -0, \"d\": 1e3}", Syntax.JSON);

    assertThat(document.root())
        .containsEntry("a", new BigDecimal("1.10"))
        .containsEntry("b", new BigInteger("123456789012345678901"))
        .containsEntry("c", 0L)
        .containsEntry("d", new BigDecimal("1e3"));
  }

  @Test
  void plainYamlScalarsMeanWhatTheyMeanInJson() {
    StrictDocument document =
        read(
            "a: yes\nb: true\nc: 0x10\nd: 1_000\ne: ~\nf: 12:30\ng: .inf\nh:\ni: \"\"\n",
            Syntax.YAML);

    assertThat(document.root())
        .containsEntry("a", "yes")
        .containsEntry("b", true)
        .containsEntry("c", "0x10")
        .containsEntry("d", "1_000")
        .containsEntry("e", null)
        .containsEntry("f", "12:30")
        .containsEntry("g", ".inf")
        .containsEntry("h", null)
        .containsEntry("i", "");
    assertThat(document.problems()).isEmpty();
  }

  @Test
  void nestedKeysKnowTheirPlace() {
    StrictDocument document = read("a:\n  b: 1\n  c: [x, y]\n", Syntax.YAML);

    assertThat(document.where("a.b")).isEqualTo("doc:2:3");
    assertThat(document.where("a.c[1]")).isEqualTo("doc:3:10");
    assertThat(document.where("nowhere")).isEqualTo("doc");
  }

  @ParameterizedTest
  @EnumSource
  void messagesSayNothingOfTheParser(Syntax syntax) {
    List<String> broken =
        List.of(
            "{\"a\": {\"b\": 1",
            "{\"a\": [1, 2",
            "{\"a\": \"x",
            "{\"a\": tru",
            "{\"a\": nul}",
            "{\"a\"",
            "{\"a\": 1]",
            "{\"a\": [1}",
            "{\"a\": .5}",
            "{\"a\": 01}",
            "{\"a\": +1}",
            "{\"a\": NaN}",
            "{\"a\": 1 /* x */}",
            "{a: 1}",
            "{'a': 1}",
            "{\"a\": \"\u0001\"}",
            "{\"a\": \"\\x\"}",
            "{\"a\": 1" + "0".repeat(2_000) + "}",
            "{\"" + "k".repeat(60_000) + "\": 1}",
            "{\"a\": " + "[".repeat(2_000),
            "a: [1",
            "a: 'x",
            "a: &b [*b]",
            "a: !!java 1",
            "\t: 1",
            "a: b: c");

    for (String text : broken) {
      assertThat(read(text, syntax).problems().toString())
          .as(text)
          .doesNotContain("Source", "StreamRead", "REDACTED", "JsonToken", "jackson", "Feature");
    }
  }

  @Test
  void aSecondYamlDocumentIsRefused() {
    assertThat(read("a: 1\n---\nb: 2\n", Syntax.YAML).problems())
        .extracting(Problem::sentence)
        .containsExactly("expected the end, found more after the document");
  }

  /** Reading arbitrary bytes ends with values and problems, never with an exception. */
  @ParameterizedTest
  @EnumSource
  void arbitraryInputNeverThrows(Syntax syntax) {
    long seed = Long.getLong("maie.seed", 20_261_123L);
    Random random = new Random(seed);
    for (int round = 0; round < 20_000; round++) {
      StringBuilder text = new StringBuilder(random.nextBoolean() ? "{" : "a: ");
      for (int i = random.nextInt(24); i > 0; i--) {
        text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
      }
      List<Problem> problems = read(text.toString(), syntax).problems();
      assertThat(problems).as("seed=%d text=%s", seed, text).noneMatch(p -> p.where().isEmpty());
    }
  }

  private static StrictDocument read(String text, Syntax syntax) {
    return StrictDocument.read("doc", text.getBytes(UTF_8), syntax, 1_000);
  }
}
