package io.maie.edge.text.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokenizers that somebody damaged: each works or is refused, and none ends the program. */
final class BrokenTokenizersTest {
  private static final Path MODELS = Path.of("src/test/resources/text/models");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CASES = 150;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"qwen2", "gemma3"})
  void aFileThatWasCutOffIsRefused(String family) throws Exception {
    byte[] bytes = bytes(family);
    for (int kept = 0; kept < bytes.length - 1; kept += bytes.length / 40) {
      assertThat(use(Arrays.copyOf(bytes, kept))).as("%d bytes", kept).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"qwen2", "gemma3"})
  void bytesThatAreOthersAreReadOrRefused(String family) throws Exception {
    Random random = new Random(3);
    for (int i = 0; i < CASES; i++) {
      byte[] bytes = bytes(family);
      for (int j = 0; j <= i % 4; j++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      use(bytes);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"qwen2", "gemma3"})
  void valuesOfOtherTypesAreReadOrRefused(String family) throws Exception {
    Random random = new Random(5);
    for (int i = 0; i < CASES; i++) {
      JsonNode tree = JSON.readTree(bytes(family));
      List<JsonNode> places = new ArrayList<>();
      addPlaces(tree, places);
      replaceOne(places.get(random.nextInt(places.size())), random);
      use(JSON.writeValueAsBytes(tree));
    }
  }

  @Test
  void deepNestingIsRefused() throws Exception {
    String deep = "[".repeat(100_000) + "]".repeat(100_000);
    assertThat(use(deep.getBytes(StandardCharsets.UTF_8))).isFalse();
    String inside = new String(bytes("qwen2"), StandardCharsets.UTF_8);
    assertThat(
            use(
                inside
                    .replaceFirst("\\{", "{\"x\":" + deep + ",")
                    .getBytes(StandardCharsets.UTF_8)))
        .isFalse();
  }

  @Test
  void aFileThatIsNoTextOrHugeIsRefused() throws Exception {
    assertThat(use("{\"a\": \"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1))).isFalse();
    assertThat(use(new byte[41 << 20])).isFalse();
  }

  @Test
  void tokensWithNumbersOutOfAnyRangeAreRefused() throws Exception {
    String text = new String(bytes("qwen2"), StandardCharsets.UTF_8);
    for (String number : List.of("2147483647", "-1", "4294967296", "3000000", "1e9", "0.5")) {
      String changed = text.replaceFirst("(\"a\":)\\d+", "$1" + number);
      assertThat(changed).isNotEqualTo(text);
      assertThat(use(changed.getBytes(StandardCharsets.UTF_8))).as(number).isFalse();
    }
  }

  private static byte[] bytes(String family) throws IOException {
    return Files.readAllBytes(MODELS.resolve(family).resolve("tokenizer.json"));
  }

  private static void addPlaces(JsonNode node, List<JsonNode> places) {
    if (node.isContainerNode() && !node.isEmpty()) {
      places.add(node);
      node.forEach(child -> addPlaces(child, places));
    }
  }

  private static void replaceOne(JsonNode place, Random random) throws IOException {
    String[] values = {
      "null", "3", "-1", "\"x\"", "[]", "{}", "true", "1e99", "[[1]]", "{\"type\":[0]}"
    };
    JsonNode value = JSON.readTree(values[random.nextInt(values.length)]);
    int at = random.nextInt(place.size());
    if (place instanceof ArrayNode array) {
      array.set(at, value);
    } else {
      List<String> names = new ArrayList<>();
      place.fieldNames().forEachRemaining(names::add);
      ((ObjectNode) place).set(names.get(at), value);
    }
  }

  /** Returns whether the tokenizer could be opened and used. */
  private boolean use(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("tokenizer.json"), bytes);
    try (Tokenizer tokenizer = Tokenizer.open(file)) {
      assertThat(TokenBytes.read(file)).isNotEmpty();
      List<Integer> ids =
          Arrays.stream(tokenizer.ids("An sends 12,500 €.")).mapToObj(id -> (int) id).toList();
      assertThat(tokenizer.text(ids)).isNotNull();
      return true;
    } catch (ProcessingException e) {
      assertThat(e.code()).isEqualTo(FailureCode.MODEL_LOAD_ERROR);
      assertThat(e.getMessage()).contains("okenizer").hasSizeLessThan(1000);
      return false;
    }
  }
}
