package io.maie.edge.text.constrain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Schemas made by chance; the name of a failure holds the seed that makes the schema again. */
final class RandomSchemasTest {
  /** {@code mvn test -Dtest=RandomSchemasTest -Dmaie.schemas=1000} looks longer. */
  private static final int SCHEMAS = Integer.getInteger("maie.schemas", 400);

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_2020_12,
          builder ->
              builder.schemaRegistryConfig(
                  SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

  private static List<List<byte[]>> vocabularies = List.of();
  private static List<TokenVocabulary> compiled = List.of();

  @BeforeAll
  static void makeVocabularies() throws Exception {
    vocabularies = List.of(Vocabularies.bytes(), Vocabularies.pieces(), Vocabularies.common(1_500));
    compiled = vocabularies.stream().map(TokenVocabulary::of).toList();
  }

  @Test
  void everyAnswerIsValidAndWithinItsTokens() throws Exception {
    for (int seed = 0; seed < SCHEMAS; seed++) {
      RandomSchema made = new RandomSchema(seed);
      Schema validator = REGISTRY.getSchema(made.schema());
      SchemaConstraint schema =
          SchemaConstraint.compile(made.schema(), compiled.get(seed % compiled.size()));
      Random random = new Random(seed);
      for (Writer writer : Writer.values()) {
        int tokens = schema.leastTokens() + random.nextInt(60);
        String answer =
            Answering.answer(
                schema, vocabularies.get(seed % compiled.size()), writer, tokens, random);
        assertThat(validator.validate(JSON.readTree(answer)))
            .as("seed %d, %s, %s: %s", seed, writer, made.schema(), answer)
            .isEmpty();
      }
    }
  }

  @Test
  void everyValidDocumentCanBeWritten() throws Exception {
    for (int seed = 0; seed < SCHEMAS; seed++) {
      RandomSchema made = new RandomSchema(seed);
      int vocabulary = seed % vocabularies.size();
      SchemaConstraint schema = SchemaConstraint.compile(made.schema(), compiled.get(vocabulary));
      JsonNode document = made.document();
      String why = "seed %d, %s: %s".formatted(seed, made.schema(), document);
      byte[] bytes = JSON.writeValueAsString(document).getBytes(UTF_8);
      write(bytes, schema, vocabularies.get(vocabulary), new Random(seed), why);
    }
  }

  /** Cuts a document into tokens by chance, each of which must be allowed. */
  private static void write(
      byte[] document,
      SchemaConstraint schema,
      List<byte[]> vocabulary,
      Random random,
      String why) {
    Map<Byte, List<Integer>> byFirst =
        IntStream.range(0, vocabulary.size())
            .filter(token -> vocabulary.get(token).length > 0)
            .boxed()
            .collect(Collectors.groupingBy(token -> vocabulary.get(token)[0]));
    TokenConstraint constraint = schema.start(Integer.MAX_VALUE);
    BitSet allowed = new BitSet();
    for (int at = 0; at < document.length; ) {
      int from = at;
      List<Integer> tokens =
          byFirst.getOrDefault(document[from], List.of()).stream()
              .filter(token -> isAt(document, from, vocabulary.get(token)))
              .toList();
      constraint.allowed(allowed);
      assertThat(tokens).as("%s, from byte %d", why, from).allMatch(allowed::get);
      int token = tokens.get(random.nextInt(tokens.size()));
      constraint.accept(token);
      at += vocabulary.get(token).length;
    }
    assertThat(constraint.mayEnd()).as(why).isTrue();
  }

  private static boolean isAt(byte[] document, int from, byte[] token) {
    return token.length > 0
        && from + token.length <= document.length
        && Arrays.equals(document, from, from + token.length, token, 0, token.length);
  }
}
