package io.maie.edge.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maie.edge.audio.SampleSpan;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.Stage;
import io.maie.edge.request.ParameterLayer;
import io.maie.edge.request.ParameterReader;
import io.maie.edge.spool.Candidate;
import io.maie.edge.spool.RecordingFolder;
import io.maie.edge.testing.ManualTicker;
import io.maie.edge.testing.ScratchSpool;
import io.maie.edge.testing.ShippedSchema;
import io.maie.edge.transcript.Segment;
import io.maie.edge.transcript.Transcript;
import io.maie.edge.transcript.Word;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReprocessingTest {
  private static final int SECONDS = 4;

  @TempDir Path home;

  private final ManualTicker time = new ManualTicker();
  private ScratchSpool spool;
  private Reprocessing reprocessing;

  @BeforeEach
  void open() {
    TaskClock clock = new TaskClock(time, time);
    spool = new ScratchSpool(home, clock, TaskSettings.DEFAULTS, FaultPoint.disabled());
    spool.engines.hearing(fourWords());
    reprocessing =
        new Reprocessing(
            spool.places.stored(),
            spool.places.outbox(),
            new KeptRecordings(
                spool.store,
                new RecordingFolder(home.resolve("archive")),
                new RecordingFolder(home.resolve("failed"))),
            spool.store,
            spool.pipeline,
            new TaskIds(time, new Random(2)),
            clock);
  }

  @Test
  void speakersAreToldApartAgainWithoutRecognisingAgain() throws Exception {
    process("talk.wav", "{\"enable_diarization\": true, \"num_speakers\": 2}");
    failIfRecognisedAgain();

    Reprocessing.Reprocessed done = again("talk.wav", Map.of("num_speakers", 4), Map.of());

    assertThat(done.heardAgain()).isTrue();
    assertThat(done.json()).isEqualTo(home.resolve("outbox/talk.wav~2.json"));
    ShippedSchema.result().accepts(Files.readAllBytes(done.json()));
    JsonNode results = read(done.json()).path("results");
    assertThat(results.path("speakers")).hasSize(4);
    assertThat(results.path("segments")).hasSize(4);
    assertThat(results.at("/segments/3/speaker").asText()).isEqualTo("S4");
    assertThat(read(done.json()).at("/parameters/num_speakers").asInt()).isEqualTo(4);
    assertThat(home.resolve("outbox/talk.wav~2.txt")).content().contains("S4: four");
    assertThat(read(home.resolve("outbox/talk.wav.json")).at("/results/speakers")).hasSize(2);
  }

  @Test
  void aResultWithoutSpeakersGetsThem() throws Exception {
    process("talk.wav", "{}");

    JsonNode document = read(again("talk.wav", Map.of("num_speakers", 2), Map.of()).json());

    assertThat(document.at("/results/segments")).hasSize(2);
    assertThat(document.at("/parameters/enable_diarization").asBoolean()).isTrue();
    assertThat(document.at("/versions/speakers")).hasSize(2);
    assertThat(document.at("/results/raw_transcript").asText()).isEqualTo("one two three four");
  }

  @Test
  void fewerSpeakersJoinTheSegmentsThatMoreHadSplit() throws Exception {
    process("talk.wav", "{\"enable_diarization\": true, \"num_speakers\": 4}");
    Reprocessing.Reprocessed two = again("talk.wav", Map.of("num_speakers", 2), Map.of());
    assertThat(read(two.json()).at("/results/segments")).hasSize(2);

    JsonNode one = read(again(two.task().id(), Map.of("num_speakers", 1), Map.of()).json());

    assertThat(one.at("/results/segments")).hasSize(1);
    assertThat(one.path("reprocessed_from").asText()).isEqualTo(two.task().id());
  }

  @Test
  void textsAreMadeAgainWithoutTheRecording() throws Exception {
    process(
        "talk.wav",
        "{\"features\": [\"clean_transcript\"], \"enable_diarization\": true, \"num_speakers\":"
            + " 2}");
    Files.delete(home.resolve("archive/talk.wav"));
    failIfRecognisedAgain();

    JsonNode document =
        read(text("talk.wav", Map.of("template_id", "generic_summary_en_v2")).json());

    ShippedSchema.result().accepts(document.toString().getBytes(StandardCharsets.UTF_8));
    assertThat(document.at("/results/summary/title").asText()).isNotEmpty();
    assertThat(document.at("/results/clean_transcript").asText()).isNotEmpty();
    assertThat(document.at("/results/speakers")).hasSize(2);
    assertThat(document.at("/parameters/features"))
        .extracting(JsonNode::asText)
        .containsExactly("clean_transcript", "summary");
    assertThat(document.at("/versions/summary/engine").asText()).isEqualTo("extractive");
    assertThat(document.at("/metrics/edit_rate_cleaning").isNumber()).isTrue();
  }

  @Test
  void anUnknownTemplateLeavesEverythingAsItWas() throws Exception {
    process("talk.wav", "{}");

    assertThatThrownBy(() -> text("talk.wav", Map.of("template_id", "no_such")))
        .isInstanceOfSatisfying(
            ProcessingException.class,
            e -> assertThat(e.code()).isEqualTo(FailureCode.INVALID_PARAMETERS));
    assertThat(home.resolve("outbox/talk.wav~2.json")).doesNotExist();
  }

  private Reprocessing.Reprocessed text(String target, Map<String, Object> parameters)
      throws Exception {
    time.advance(Duration.ofSeconds(1));
    return reprocessing.text(
        reprocessing.find(target).orElseThrow(),
        new Reprocessing.Order(layer(parameters), Map.of(), null),
        (stage, share) -> {});
  }

  @Test
  void withoutTheRecordingSpeakersAreNamedOnly() throws Exception {
    process("talk.wav", "{\"enable_diarization\": true, \"num_speakers\": 2}");
    Files.delete(home.resolve("archive/talk.wav"));

    Reprocessing.Reprocessed done = again("talk.wav", Map.of(), Map.of("S2", "Ben"));

    assertThat(done.heardAgain()).isFalse();
    assertThat(read(done.json()).at("/results/speakers/1/name").asText()).isEqualTo("Ben");
    assertThat(home.resolve("outbox/talk.wav~2.txt")).content().contains("Ben: three four");
    assertThatThrownBy(() -> again("talk.wav", Map.of("num_speakers", 3), Map.of()))
        .isInstanceOfSatisfying(
            ProcessingException.class,
            e -> assertThat(e.code()).isEqualTo(FailureCode.FILE_SYSTEM_ERROR))
        .hasMessageContaining("not in the archive");
  }

  @Test
  void namesAreAddedToThoseOfTheSidecarAndOfEarlierCalls() throws Exception {
    process(
        "talk.wav",
        "{\"enable_diarization\": true, \"num_speakers\": 2, \"speaker_names\": {\"S1\": \"A\"}}");
    String first = again("talk.wav", Map.of(), Map.of("S2", "B")).task().id();

    JsonNode document = read(again(first, Map.of(), Map.of("S3", "C")).json());

    assertThat(document.at("/results/speakers").findValuesAsText("name")).containsExactly("A", "B");
  }

  @Test
  void aCleanTranscriptFollowsTheSpeakers() throws Exception {
    process(
        "talk.wav",
        "{\"enable_diarization\": true, \"num_speakers\": 1,"
            + " \"features\": [\"raw_transcript\", \"clean_transcript\"]}");

    String two = again("talk.wav", Map.of("num_speakers", 2), Map.of()).task().id();
    assertThat(home.resolve("outbox/talk.wav~2.txt")).content().contains("S2: Three four");
    Files.delete(home.resolve("archive/talk.wav"));
    JsonNode named = read(again(two, Map.of(), Map.of("S2", "Ben")).json());

    assertThat(named.at("/results/clean_transcript").asText()).contains("Ben: Three four");
    assertThat(named.at("/results/paragraphs")).hasSize(2);
  }

  @Test
  void aSidecarThatWasEditedInTheArchiveIsReadAgain() throws Exception {
    process("talk.wav", "{\"enable_diarization\": true, \"num_speakers\": 2}");
    Path sidecar = home.resolve("archive/talk.wav.job.json");
    Files.writeString(sidecar, "{\"num_speakers\": 3, \"speaker_names\": {\"S1\": \"Anna\"}}");
    Files.setLastModifiedTime(sidecar, FileTime.from(Instant.now().plusSeconds(60)));

    JsonNode document = read(again("talk.wav", Map.of(), Map.of()).json());

    assertThat(document.at("/results/speakers")).hasSize(3);
    assertThat(document.at("/results/speakers/0/name").asText()).isEqualTo("Anna");
  }

  @Test
  void anOldSidecarDoesNotUndoTypedParameters() throws Exception {
    process("talk.wav", "{\"enable_diarization\": true, \"num_speakers\": 2}");
    String four = again("talk.wav", Map.of("num_speakers", 4), Map.of()).task().id();

    JsonNode document = read(again(four, Map.of(), Map.of("S4", "Dora")).json());

    assertThat(document.at("/results/speakers")).hasSize(4);
  }

  @Test
  void theRecordingIsFoundUnderANumberAndAnotherOneOfItsNameIsNot() throws Exception {
    process("talk.wav", "{\"enable_diarization\": true, \"num_speakers\": 1}");
    Files.move(home.resolve("archive/talk.wav"), home.resolve("archive/talk~2.wav"));
    Files.write(home.resolve("archive/talk.wav"), new byte[SECONDS * 32_000]);

    assertThat(again("talk.wav", Map.of("num_speakers", 2), Map.of()).heardAgain()).isTrue();
  }

  @Test
  void anotherRecordingIsNotTakenForIt() throws Exception {
    process("talk.wav", "{}");
    Path other = Files.write(home.resolve("other.wav"), new byte[100]);

    assertThatThrownBy(
            () ->
                reprocessing.speakers(
                    reprocessing.find("talk.wav").orElseThrow(),
                    new Reprocessing.Order(layer(Map.of()), Map.of(), other),
                    (stage, share) -> {}))
        .hasMessageContaining("found another one");
  }

  @Test
  void aFailureLeavesEverythingAsItWas() throws Exception {
    process("talk.wav", "{\"enable_diarization\": true, \"num_speakers\": 2}");
    spool.engines.on(
        Stage.DIARIZATION,
        context -> {
          throw new ProcessingException(FailureCode.MODEL_MISSING, "scripted failure");
        });

    assertThatThrownBy(() -> again("talk.wav", Map.of(), Map.of()))
        .hasMessageContaining("scripted failure");
    assertThat(spool.files("outbox")).containsExactly("talk.wav.json", "talk.wav.txt");
    assertThat(spool.files("work")).isEmpty();
    assertThat(spool.places.stored().latest(9, java.util.Optional.empty())).hasSize(1);
  }

  @Test
  void aFailedTaskHasNoResultToWorkOn() throws Exception {
    spool.engines.on(
        Stage.DECODE,
        context -> {
          throw new ProcessingException(FailureCode.UNSUPPORTED_CODEC, "scripted failure");
        });
    process("talk.wav", "{}");

    assertThat(reprocessing.find("talk.wav")).isEmpty();
    assertThat(reprocessing.find("nobody.wav")).isEmpty();
  }

  private void failIfRecognisedAgain() {
    spool.engines.on(
        Stage.ASR,
        context -> {
          throw new ProcessingException(FailureCode.ASR_PROCESSING_ERROR, "recognised again");
        });
  }

  private Reprocessing.Reprocessed again(
      String target, Map<String, Object> parameters, Map<String, String> names) throws Exception {
    time.advance(Duration.ofSeconds(1));
    return reprocessing.speakers(
        reprocessing.find(target).orElseThrow(),
        new Reprocessing.Order(layer(parameters), names, null),
        (stage, share) -> {});
  }

  private static ParameterLayer layer(Map<String, Object> parameters) {
    return ParameterReader.check("command line", parameters, key -> "--" + key);
  }

  private void process(String name, String sidecar) throws IOException {
    spool.drop(name, SECONDS * 32_000);
    Files.writeString(home.resolve("inbox").resolve(name + ".job.json"), sidecar);
    spool.inbox.scan();
    time.advance(Duration.ofSeconds(30));
    Candidate candidate = spool.inbox.scan().ready().get(0);
    spool.runner.run(spool.claims.claim(candidate).orElseThrow());
  }

  private static JsonNode read(Path json) throws IOException {
    return new ObjectMapper().readTree(Files.readAllBytes(json));
  }

  private static Transcript fourWords() {
    List<String> texts = List.of("one", "two", "three", "four");
    List<Word> words =
        java.util.stream.IntStream.range(0, SECONDS)
            .mapToObj(
                i -> new Word(new SampleSpan(i * 16_000L, (i + 1) * 16_000L), texts.get(i), 1))
            .toList();
    return Transcript.of(
        List.of(
            new Segment(new SampleSpan(0, SECONDS * 16_000L), String.join(" ", texts), 1, words)));
  }
}
