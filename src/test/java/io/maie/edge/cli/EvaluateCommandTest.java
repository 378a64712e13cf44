package io.maie.edge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.request.Parameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EvaluateCommandTest {
  @TempDir private Path home;
  private FakeProgram program;
  private Shell shell;
  private Path set;

  @BeforeEach
  void makeASet() throws IOException {
    program = new FakeProgram(home);
    shell = new Shell(program, false);
    set = Files.createDirectories(home.resolve("test set"));
    Files.writeString(
        set.resolve("manifest.tsv"),
        """
        file\tlanguage\tcondition\twer\treference
        a.wav\ten\tread\tyes\tTwenty three.
        b.wav\ten\tfar\tyes\tone two three four
        c.wav\tde\tread\tyes\tEins
        d.wav\ten\tread\tno\tcrosstalk
        """);
    Files.createFile(set.resolve("a.wav"));
    Files.createFile(set.resolve("b.wav"));
  }

  @Test
  void errorsAreCountedByCondition() throws IOException {
    program.outcomes.add(new RecordingOutcome.Published("a.wav", document("23")));
    program.outcomes.add(new RecordingOutcome.Published("b.wav", document("one three four")));

    assertThat(evaluate("--model", "tiny")).isZero();

    assertThat(shell.out())
        .contains("model: tiny-en")
        .containsPattern("(?m)^ALL REAL +2 +6 +16\\.7 +13\\.3 +0 +1 +0 +0\\.250$")
        .containsPattern("(?m)^far +1 +4 +25\\.0")
        .containsPattern("(?m)^read +1 +2 +0\\.0");
    assertThat(shell.err()).contains("1 of 2: a.wav", "2 of 2: b.wav");
    ProcessingOrder order = (ProcessingOrder) program.asked.get(0);
    assertThat(order.parameters().parameters()).contains(Parameters.ASR_MODEL, Parameters.LANGUAGE);
    assertThat(order.output()).doesNotExist();
  }

  @Test
  void aModelThatFindsTheLanguageOutIsNotTold() throws IOException {
    program.outcomes.add(new RecordingOutcome.Published("a.wav", document("23")));
    program.outcomes.add(new RecordingOutcome.Published("b.wav", document("one two three four")));

    assertThat(evaluate("--detect")).isZero();

    ProcessingOrder order = (ProcessingOrder) program.asked.get(0);
    assertThat(order.parameters().parameters()).doesNotContain(Parameters.LANGUAGE);
  }

  @Test
  void programsReadTheSameFiguresAsJson() throws IOException {
    program.outcomes.add(new RecordingOutcome.Published("a.wav", document("23")));
    program.outcomes.add(new RecordingOutcome.Published("b.wav", document("one three four")));

    assertThat(evaluate("--json")).isZero();

    JsonNode json = new ObjectMapper().readTree(shell.out());
    assertThat(json.path("model").asText()).isEqualTo("tiny-en");
    JsonNode far = json.path("rows").get(1);
    assertThat(far.path("condition").asText()).isEqualTo("far");
    assertThat(far.path("word_error_rate").asDouble()).isEqualTo(0.25);
    assertThat(json.path("not_counted")).isEmpty();
  }

  @Test
  void missingAndFailedRecordingsAreNamedAndNotCounted() throws IOException {
    Files.delete(set.resolve("b.wav"));
    program.outcomes.add(
        new RecordingOutcome.Failed("a.wav", FailureCode.EMPTY_FILE, "0 bytes", "record again"));

    assertThat(evaluate()).isEqualTo(1);

    assertThat(shell.out()).contains("b.wav: missing", "a.wav: EMPTY_FILE: 0 bytes");
  }

  @Test
  void aLanguageThatTheModelDoesNotKnowStopsTheEvaluation() throws IOException {
    program.outcomes.add(
        new RecordingOutcome.Failed("a.wav", FailureCode.LANGUAGE_UNSUPPORTED, "en", "pull one"));

    assertThat(evaluate()).isEqualTo(64);

    assertThat(shell.err()).contains("LANGUAGE_UNSUPPORTED: en", "pull one");
  }

  @Test
  void aFolderWithoutManifestAndALanguageWithoutRecordingsAreRefused() throws IOException {
    assertThat(evaluate("--language", "fr")).isEqualTo(64);
    Files.delete(set.resolve("manifest.tsv"));
    assertThat(evaluate()).isEqualTo(64);

    assertThat(shell.err()).contains("'fr'", "manifest.tsv");
    assertThat(program.asked).isEmpty();
  }

  @Test
  void resultsAreKeptWhereTheyAreAskedFor() throws IOException {
    Path kept = home.resolve("kept");
    Path document = document("23");
    program.outcomes.add(new RecordingOutcome.Published("a.wav", document));
    program.outcomes.add(new RecordingOutcome.Published("b.wav", document("one two three four")));

    assertThat(evaluate("-o", kept.toString())).isZero();

    assertThat(document).exists();
    assertThat(((ProcessingOrder) program.asked.get(0)).output()).isEqualTo(kept);
  }

  private int evaluate(String... options) {
    String[] line = new String[options.length + 3];
    line[0] = "models";
    line[1] = "evaluate";
    line[2] = set.toString();
    System.arraycopy(options, 0, line, 3, options.length);
    return shell.type(line);
  }

  private Path document(String transcript) throws IOException {
    String json =
        """
        {"results": {"raw_transcript": "%s"},
         "metrics": {"input_duration_seconds": 4, "processing_time_seconds": 1},
         "versions": {"asr_backend": {"name": "tiny-en"}}}
        """
            .formatted(transcript);
    return Files.writeString(Files.createTempFile(home, "result", ".json"), json);
  }
}
