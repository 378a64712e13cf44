package io.maie.edge.text.constrain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Answers token by token. */
final class TokenConstraintTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final List<byte[]> BYTES = Vocabularies.bytes();

  @Test
  void masksAreThoseOfTryingEveryToken() throws Exception {
    List<byte[]> tokens = Vocabularies.pieces();
    TokenVocabulary vocabulary = TokenVocabulary.of(tokens);
    for (int seed = 0; seed < 60; seed++) {
      RandomSchema made = new RandomSchema(seed);
      SchemaConstraint schema = SchemaConstraint.compile(made.schema(), vocabulary);
      Random random = new Random(seed);
      int most = schema.leastTokens() + random.nextInt(12);
      TokenConstraint constraint = schema.start(most);
      List<Integer> written = new ArrayList<>();
      BitSet allowed = new BitSet();
      for (constraint.allowed(allowed); !allowed.isEmpty(); constraint.allowed(allowed)) {
        assertThat(allowed)
            .as("seed %d after %s: %s", seed, written, made.schema())
            .isEqualTo(tried(schema, most, written, tokens.size()));
        int token = Writer.UNIFORM.pick(allowed, tokens, random);
        constraint.accept(token);
        written.add(token);
      }
    }
  }

  private static BitSet tried(
      SchemaConstraint schema, int most, List<Integer> written, int tokens) {
    BitSet allowed = new BitSet();
    for (int token = 0; token < tokens; token++) {
      TokenConstraint constraint = schema.start(most);
      written.forEach(constraint::accept);
      try {
        constraint.accept(token);
        allowed.set(token);
      } catch (IllegalArgumentException e) {
        assertThat(e).hasMessageContaining("cannot follow");
      }
    }
    return allowed;
  }

  @Test
  void membersComeInTheOrderOfTheSchemaAndOnlyThose() throws Exception {
    String schema =
        """
        {"type": "object", "required": ["b", "c"], "additionalProperties": true, "properties":
         {"a": {"type": "null"}, "b": {"type": "boolean"}, "c": {"type": "boolean"}}}
        """;
    assertThat(accepts(schema, "{\"a\":null,\"b\":true,\"c\":false}")).isTrue();
    assertThat(accepts(schema, "{\"b\": true, \"c\": false}")).isTrue();
    assertThat(accepts(schema, "{\"c\":false,\"b\":true}")).isFalse();
    assertThat(accepts(schema, "{\"b\":true}")).isFalse();
    assertThat(accepts(schema, "{\"b\":true,\"c\":true,\"d\":1}")).isFalse();
    assertThat(accepts(schema, "{\"b\":true,\"b\":true,\"c\":true}")).isFalse();
  }

  @Test
  void blanksDoNotFillTheAnswer() throws Exception {
    String schema = "{\"type\": \"array\", \"items\": {\"type\": \"integer\"}}";
    assertThat(accepts(schema, "[1, 2,3]")).isTrue();
    assertThat(accepts(schema, "[1,  2]")).isFalse();
    assertThat(accepts(schema, "[ 1]")).isFalse();
    assertThat(accepts(schema, "[1 ]")).isFalse();
    assertThat(accepts(schema, "[1,\n2]")).isFalse();
    assertThat(accepts(schema, " []")).isFalse();
  }

  @Test
  void textsAreUtf8WithoutControlCharactersAndHalvesOfPairs() throws Exception {
    String schema = "{\"type\": \"string\", \"maxLength\": 2}";
    assertThat(accepts(schema, "\"ề😀\"")).isTrue();
    assertThat(accepts(schema, "\"\\n\\\"\"")).isTrue();
    assertThat(accepts(schema, "\"\\u1EC1\\u00e9\"")).isTrue();
    assertThat(accepts(schema, "\"abc\"")).isFalse();
    assertThat(accepts(schema, "\"\\ud83d\"")).isFalse();
    assertThat(accepts(schema, "\"\\udc00\"")).isFalse();
    assertThat(accepts(schema, "\"\\u0000\"")).isFalse();
    assertThat(accepts(schema, "\"\\x\"")).isFalse();
    assertThat(accepts(schema, "\"\n\"")).isFalse();
    assertThat(takes(schema, new int[] {'"', 0xC0, 0x80})).isFalse();
    assertThat(takes(schema, new int[] {'"', 0xE0, 0x9F})).isFalse();
    assertThat(takes(schema, new int[] {'"', 0xED, 0xA0})).isFalse();
    assertThat(takes(schema, new int[] {'"', 0xF4, 0x90})).isFalse();
    assertThat(takes(schema, new int[] {'"', 0xC3, '"'})).isFalse();
    assertThat(takes(schema, new int[] {'"', 0xC3, 0xA9, '"'})).isTrue();
  }

  @Test
  void aCharacterIsBegunOnlyIfItCanBeCompleted() throws Exception {
    List<byte[]> tokens = new ArrayList<>(Vocabularies.pieces());
    tokens.add(new byte[] {(byte) 0xC3});
    SchemaConstraint schema =
        SchemaConstraint.compile(
            JSON.readTree("{\"type\": \"string\"}"), TokenVocabulary.of(tokens));
    TokenConstraint constraint = schema.start(Integer.MAX_VALUE);
    constraint.accept('"');
    BitSet allowed = new BitSet();
    constraint.allowed(allowed);
    assertThat(allowed.get(tokens.size() - 1)).isFalse();
    assertThat(allowed.get('e')).isTrue();
  }

  @Test
  void numbersStayWithinTheirBounds() throws Exception {
    String integer = "{\"type\": \"integer\", \"minimum\": -12, \"exclusiveMaximum\": 105}";
    for (int number = -200; number < 300; number++) {
      assertThat(accepts(integer, Integer.toString(number)))
          .as("%d", number)
          .isEqualTo(number >= -12 && number < 105);
    }
    String share = "{\"type\": \"number\", \"exclusiveMinimum\": 0, \"maximum\": 1}";
    assertThat(List.of("0.001", "0.5", "0.50", "1", "1.0", "0.999"))
        .allMatch(number -> accepts(share, number));
    assertThat(List.of("0", "0.0", "-0", "1.001", "01", "1.", ".5", "1e0", "+1", "-0.5"))
        .noneMatch(number -> accepts(share, number));
  }

  @Test
  void datesAreThoseOfTheCalendar() throws Exception {
    String schema = "{\"type\": \"string\", \"format\": \"date\"}";
    assertThat(List.of("2024-02-29", "2000-02-29", "2026-12-31", "2026-04-30"))
        .allMatch(date -> accepts(schema, "\"" + date + "\""));
    assertThat(List.of("2023-02-29", "1900-02-29", "2026-13-01", "2026-04-31", "26-01-01"))
        .noneMatch(date -> accepts(schema, "\"" + date + "\""));
  }

  @Test
  void anEmailAddressMatchesItsFormat() throws Exception {
    String schema = "{\"type\": \"string\", \"format\": \"email\"}";
    assertThat(accepts(schema, "\"anna.b@example.org\"")).isTrue();
    assertThat(accepts(schema, "\"anna at example.org\"")).isFalse();
  }

  @Test
  void anAnswerIsSteeredToItsEndWhenTokensRunOut() throws Exception {
    String schema =
        """
        {"type": "object", "required": ["title", "tags"], "properties":
         {"title": {"type": "string"}, "tags": {"type": "array", "minItems": 1,
          "items": {"enum": ["long one", "b"]}}}}
        """;
    SchemaConstraint constraint =
        SchemaConstraint.compile(JSON.readTree(schema), TokenVocabulary.of(BYTES));
    String shortest = "{\"title\":\"\",\"tags\":[\"b\"]}";
    assertThat(constraint.leastTokens()).isEqualTo(shortest.length());
    String answer =
        Answering.answer(constraint, BYTES, Writer.LONGEST, shortest.length() + 1, new Random(1));
    assertThat(answer).hasSize(shortest.length() + 1).endsWith("\"tags\":[\"b\"]}");
    assertThatThrownBy(() -> constraint.start(shortest.length() - 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected 25 tokens or more: 24");
  }

  @Test
  void nothingFollowsACompleteAnswer() throws Exception {
    SchemaConstraint schema =
        SchemaConstraint.compile(JSON.readTree("{\"enum\": [1, 12]}"), TokenVocabulary.of(BYTES));
    TokenConstraint constraint = schema.start(Integer.MAX_VALUE);
    assertThat(constraint.mayEnd()).isFalse();
    constraint.accept('1');
    assertThat(constraint.mayEnd()).isTrue();
    constraint.accept('2');
    BitSet allowed = new BitSet();
    constraint.allowed(allowed);
    assertThat(allowed.isEmpty()).isTrue();
    assertThat(constraint.mayEnd()).isTrue();
    assertThatThrownBy(() -> constraint.accept('3')).hasMessageContaining("cannot follow: 51");
  }

  @Test
  void specialTokensAreNeverAllowed() throws Exception {
    SchemaConstraint schema =
        SchemaConstraint.compile(JSON.readTree("{\"const\": \"\"}"), TokenVocabulary.of(BYTES));
    int special = BYTES.size() - 1;
    BitSet allowed = new BitSet();
    schema.start(Integer.MAX_VALUE).allowed(allowed);
    assertThat(allowed.get(special)).isFalse();
    assertThatThrownBy(() -> schema.start(Integer.MAX_VALUE).accept(special))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Returns whether a whole text is an answer. */
  private static boolean accepts(String schema, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    int[] tokens = new int[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      tokens[i] = bytes[i] & 0xFF;
    }
    TokenConstraint constraint = started(schema);
    return takes(constraint, tokens) && constraint.mayEnd();
  }

  private static boolean takes(String schema, int[] tokens) {
    return takes(started(schema), tokens);
  }

  private static boolean takes(TokenConstraint constraint, int[] tokens) {
    BitSet allowed = new BitSet();
    for (int token : tokens) {
      constraint.allowed(allowed);
      if (!allowed.get(token)) {
        return false;
      }
      constraint.accept(token);
    }
    return true;
  }

  private static TokenConstraint started(String schema) {
    try {
      return SchemaConstraint.compile(JSON.readTree(schema), TokenVocabulary.of(BYTES))
          .start(Integer.MAX_VALUE);
    } catch (UnservedSchemaException | JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
