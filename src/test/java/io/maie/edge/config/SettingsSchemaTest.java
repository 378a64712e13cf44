package io.maie.edge.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.schema.Key;
import io.maie.edge.schema.Problem;
import io.maie.edge.testing.GeneratedText;
import io.maie.edge.testing.ShippedSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema of settings agrees with the program wherever a schema can judge. */
final class SettingsSchemaTest {
  private static final Path EXAMPLE = Path.of("config", "maie-edge.yaml");

  @TempDir Path home;

  @Test
  void theSchemaForEditorsIsMadeFromTheKeys() throws IOException {
    GeneratedText.file(
        Path.of("docs", "schema", "settings-v1.json"), SettingsSchema.document().print());
  }

  @Test
  void theShippedFileNamesTheShippedSchema() throws IOException {
    String named =
        Files.readAllLines(EXAMPLE, UTF_8)
            .get(0)
            .replaceFirst("^# yaml-language-server: \\$schema=", "");

    assertThat(EXAMPLE.resolveSibling(named).normalize())
        .isEqualTo(Path.of("docs", "schema", "settings-v1.json"))
        .isRegularFile();
  }

  @Test
  void theShippedFileIsValidWithAndWithoutItsSettings() throws IOException {
    bothAccept(Files.readString(EXAMPLE, UTF_8));
    bothAccept(SettingsReference.uncommented(EXAMPLE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"edge", "edge_small", "development"})
  void theBuiltInProfilesAreValid(String profile) throws IOException {
    bothAccept(
        Files.readString(Path.of("src", "main", "resources", "profiles", profile + ".yaml")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "# nothing",
        "inbox:",
        "inbox: {path: /srv/in, depth: 0, settle_time: 1.5s, watch: false}",
        "inbox: {working_hours: off, ignore: [], durability: fast, mode: ledger}",
        "inbox: {working_hours: '22:00-06:00', ignore: ['*.bak', 'a b'], access_request: off}",
        "inbox: {working_hours: false}",
        "limits: {max_file_size: 4GB, min_duration: 0s, max_duration: 90 min, max_channels: 1024}",
        "disk: {min_free: 512 MiB, min_free_share: 0%, warn_at: 99.5%}",
        "disk: {min_free_share: 100%}",
        "vad: {model: auto, max_speech: 20s}",
        "asr: {model: whisper-base, whisper: {temperatures: [0, 0.5, 1.0], batch: auto}}",
        "asr: {whisper: {batch: 64, logprob_threshold: -1000, word_timestamps: true}}",
        "asr: {hallucination: {max_words: 1, max_repetition: 50%}}",
        "text: {summary: {url: 'http://192.168.1.10:8080/v1', model: a b}}",
        "models: {hub: 'https://hub.example', idle_unload: off}",
        "http: {api_key: off, port: 0, names: [box.local], max_upload: off}",
        "http: {api_key: 0123456789abcdef0123456789abcdef}",
        "onnx: {device: cuda, threads: 256}",
        "defaults: {language: vi, features: [raw_transcript], template_id: null, channels: 2}",
        "defaults:"
      })
  void bothAcceptRightSettings(String yaml) throws IOException {
    bothAccept(yaml);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "5",
        "inbox: 5",
        "inbox: {path: }",
        "inbox: {path: 7}",
        "inbox: {path: ' '}",
        "inbox: {depth: 31}",
        "inbox: {depth: 1.5}",
        "inbox: {settle_time: 5}",
        "inbox: {settle_time: 5 seconds}",
        "inbox: {settle_time: 0s}",
        "inbox: {settle_time: 0.0 min}",
        "inbox: {settle_time: -5s}",
        "inbox: {watch: maybe}",
        "inbox: {working_hours: 22-6}",
        "inbox: {working_hours: '24:00-06:00'}",
        "inbox: {ignore: [1]}",
        "inbox: {ignore: ['']}",
        "inbox: {ignore: {a: b}}",
        "inbox: {durability: slow}",
        "inbox: {settle_tiem: 5s}",
        "inboks: {path: in}",
        "limits: {max_file_size: 4}",
        "limits: {max_file_size: 0GB}",
        "limits: {max_file_size: 4gb}",
        "disk: {warn_at: 0.8}",
        "disk: {warn_at: 80}",
        "disk: {warn_at: 101%}",
        "asr: {model: ../x}",
        "asr: {whisper: {batch: 0}}",
        "asr: {whisper: {batch: all}}",
        "asr: {whisper: {temperatures: []}}",
        "asr: {whisper: {temperatures: [0, 2]}}",
        "asr: {whisper: {logprob_threshold: 0.1}}",
        "asr: {whisper: 5}",
        "asr: {hallucination: {max_words: 0}}",
        "text: {summary: {url: 'ftp://box/v1'}}",
        "text: {summary: {url: 'http://anna:geheim@box/v1'}}",
        "models: {hub: hub.example}",
        "http: {api_key: [a]}",
        "http: {api_key: true}",
        "http: {port: 65536}",
        "vad: {threshold: 0.5}",
        "defaults: {langauge: vi}",
        "defaults: {language: english}",
        "defaults: {features: []}",
        "defaults: {vad_threshold: 1.5}"
      })
  void bothRefuseWrongSettings(String yaml) throws IOException {
    assertThat(ShippedSchema.settings().yamlViolations(yaml)).isNotEmpty();
    assertThat(problems(yaml)).isNotEmpty();
  }

  /** An editor asks for the form that the documents use; the program reads others as well. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "inbox: {depth: '3'}",
        "inbox: {watch: 'true'}",
        "inbox: {durability: FULL}",
        "inbox: {ignore: '*.a, *.b'}",
        "disk: {warn_at: ' 80.5% '}"
      })
  void onlyTheProgramReadsOtherForms(String yaml) throws IOException {
    assertThat(ShippedSchema.settings().yamlViolations(yaml)).isNotEmpty();
    assertThat(problems(yaml)).isEmpty();
  }

  /** A schema knows neither two settings together nor times in a range. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "limits: {min_duration: 2h, max_duration: 1h}",
        "outbox: {path: inbox}",
        "asr: {moonshine: {window: 7s}}",
        "asr: {whisper: {temperatures: [0.5, 0.2]}}",
        "inbox: {settle_time: 0.0001s}",
        "inbox: {settle_time: 99999999d}"
      })
  void onlyTheProgramJudgesSettingsTogetherAndTimesInRanges(String yaml) throws IOException {
    assertThat(ShippedSchema.settings().yamlViolations(yaml)).isEmpty();
    assertThat(problems(yaml)).isNotEmpty();
  }

  /** A default that the schema refuses would be refused in every copy of the shipped file. */
  @Test
  void everyKeyHasItsDefaultItsKindAndItsSentence() {
    String schema = SettingsSchema.document().print();

    assertThat(KnownSettings.OF_PROGRAM.all())
        .allSatisfy(key -> assertThat(key.type().schema()).as(key.name()).isNotEmpty())
        .allSatisfy(key -> assertThat(schema).contains("\"" + key.label() + "\" : {"));
    assertThat(KnownSettings.OF_PROGRAM.all()).filteredOn(Key::isSecret).isNotEmpty();
    assertThat(schema.split("\"writeOnly\" : true", -1))
        .hasSize(1 + (int) KnownSettings.OF_PROGRAM.all().stream().filter(Key::isSecret).count());
  }

  private void bothAccept(String yaml) throws IOException {
    assertThat(ShippedSchema.settings().yamlViolations(yaml)).isEmpty();
    assertThat(problems(yaml)).isEmpty();
  }

  private List<Problem> problems(String yaml) throws IOException {
    Path file = Files.writeString(home.resolve("f.yaml"), yaml);
    return SettingsReader.read(new SettingsSources(home, Map.of(), null, file, null, Map.of()))
        .problems();
  }
}
