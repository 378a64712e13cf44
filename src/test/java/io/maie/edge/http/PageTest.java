package io.maie.edge.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.modelfile.ModelTask;
import io.maie.edge.progress.Stage;
import io.maie.edge.request.OutputFormat;
import io.maie.edge.result.WarningCode;
import io.maie.edge.spool.EntryState;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The files of the page, without a browser. */
final class PageTest {
  private static final long MOST_BYTES = 150_000;
  private static final JsonMapper JSON = new JsonMapper();
  private static final Pattern USED = Pattern.compile("\\b(?:t|button\\(t)\\(\\s*\"([a-z_.]+)\"");
  private static final Pattern COUNTED = Pattern.compile("\\bcount\\(\"([a-z_.]+)\"");
  private static final Pattern ABOUT_THE_DEVICE =
      Pattern.compile(
          "(failure|warning|inbox)\\.[A-Z_]+(\\.hint)?|stage\\.(short\\.)?[a-z]+|device\\.model\\..*");
  private static final Pattern ELSEWHERE =
      Pattern.compile("https?://(?!www\\.w3\\.org/2000/svg)|(?:src|href)=\"//|@import|url\\(");
  private static final Pattern PARSES_HTML =
      Pattern.compile(
          "innerHTML|outerHTML|insertAdjacentHTML|document\\.write|DOMParser|\\beval\\(|srcdoc");

  private static final Pattern PLACE = Pattern.compile("\\{\\w+}");

  @Test
  void thePageIsSmall() throws Exception {
    long bytes = 0;
    for (Path file : files()) {
      bytes += Files.size(file);
    }
    assertThat(bytes).isLessThanOrEqualTo(MOST_BYTES);
  }

  @Test
  void thePageLoadsNothingFromElsewhere() throws Exception {
    for (Path file : files()) {
      assertThat(Files.readString(file)).as(file.toString()).doesNotContainPattern(ELSEWHERE);
    }
  }

  @Test
  void noTextBecomesHtml() throws Exception {
    for (Path file : files()) {
      assertThat(Files.readString(file)).as(file.toString()).doesNotContainPattern(PARSES_HTML);
    }
  }

  @ParameterizedTest
  @EnumSource
  void thePageOffersEveryFormat(OutputFormat format) throws Exception {
    assertThat(Files.readString(folder().resolve("transcript.js")))
        .containsPattern("const FORMATS = \\[[^]]*\"" + format.label() + "\"");
    assertThat(texts("en")).containsKey("download." + format.label());
  }

  @Test
  void bothLanguagesHaveTheSameTexts() throws Exception {
    assertThat(keys("vi")).isEqualTo(keys("en"));
  }

  @Test
  void bothLanguagesLeaveTheSamePlacesToBeFilledIn() throws Exception {
    Map<String, String> english = texts("en");
    for (Map.Entry<String, String> text : texts("vi").entrySet()) {
      assertThat(places(text.getValue()))
          .as(text.getKey())
          .isEqualTo(places(String.valueOf(english.get(text.getKey()))));
      assertThat(text.getValue()).as(text.getKey()).isNotBlank();
    }
  }

  private static Set<String> places(String text) {
    return PLACE.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
  }

  @Test
  void everyTextThatTheScriptsNameExists() throws Exception {
    TreeSet<String> named = new TreeSet<>();
    for (Path file : files()) {
      String script = Files.readString(file);
      USED.matcher(script).results().map(found -> found.group(1)).forEach(named::add);
      COUNTED.matcher(script).results().map(PageTest::plural).forEach(named::add);
    }
    assertThat(named).hasSizeGreaterThan(50);
    assertThat(named).isSubsetOf(keys("en"));
  }

  private static String plural(MatchResult found) {
    return found.group(1) + ".other";
  }

  @Test
  void textsAboutWordsOfTheDeviceAreAboutWordsThatItUses() throws Exception {
    List<String> known = new ArrayList<>();
    for (FailureCode code : FailureCode.values()) {
      known.add("failure." + code);
      known.add("failure." + code + ".hint");
    }
    for (Stage stage : Stage.values()) {
      known.add("stage." + stage.label());
      known.add("stage.short." + stage.label());
    }
    Arrays.stream(WarningCode.values()).forEach(code -> known.add("warning." + code));
    Arrays.stream(ModelTask.values()).forEach(task -> known.add("device.model." + task.label()));
    Arrays.stream(EntryState.values()).forEach(state -> known.add("inbox." + state));

    List<String> told = keys("en").stream().filter(ABOUT_THE_DEVICE.asMatchPredicate()).toList();
    assertThat(told).hasSizeGreaterThan(50).isSubsetOf(known);
  }

  @Test
  void everyFailureAndEveryWarningHasItsTexts() throws Exception {
    for (FailureCode code : FailureCode.values()) {
      assertThat(keys("en")).contains("failure." + code, "failure." + code + ".hint");
    }
    for (WarningCode code : WarningCode.values()) {
      assertThat(keys("en")).contains("warning." + code);
    }
  }

  /** The API answers with these instead, as its clients know no inbox. */
  @Test
  void adviceAboutTheInboxHasATextThatSpeaksOfNone() throws Exception {
    Map<String, String> english = texts("en");
    for (FailureCode code : FailureCode.values()) {
      if (code.advice().contains("inbox")) {
        assertThat(english.get("failure." + code + ".hint"))
            .as(code.name())
            .isNotBlank()
            .doesNotContain("inbox");
      }
    }
  }

  /** Languages differ in how many forms of plural they have. */
  private static Set<String> keys(String language) throws Exception {
    TreeSet<String> keys = new TreeSet<>(texts(language).keySet());
    keys.removeIf(key -> key.endsWith(".one"));
    return keys;
  }

  private static Map<String, String> texts(String language) throws Exception {
    byte[] json = Files.readAllBytes(folder().resolve(language + ".json"));
    return JSON.readValue(new String(json, UTF_8), new TypeReference<>() {});
  }

  private static List<Path> files() throws IOException, URISyntaxException {
    try (Stream<Path> files = Files.list(folder())) {
      return files.toList();
    }
  }

  private static Path folder() throws URISyntaxException {
    URL index = requireNonNull(PageTest.class.getResource("page/index.html"));
    return Path.of(index.toURI()).resolveSibling("");
  }
}
