package io.maie.edge.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.asr.hallucination.HallucinationOptions;
import io.maie.edge.asr.moonshine.MoonshineOptions;
import io.maie.edge.asr.transducer.TokenHead;
import io.maie.edge.asr.transducer.TransducerOptions;
import io.maie.edge.asr.whisper.WhisperOptions;
import io.maie.edge.audio.decode.DecodeOptions;
import io.maie.edge.daemon.DaemonOptions;
import io.maie.edge.daemon.ScanOptions;
import io.maie.edge.daemon.WorkingHours;
import io.maie.edge.durable.Durability;
import io.maie.edge.modelfile.hub.HubAddress;
import io.maie.edge.onnx.Device;
import io.maie.edge.onnx.OnnxOptions;
import io.maie.edge.request.AsrBackend;
import io.maie.edge.request.ChannelChoice;
import io.maie.edge.request.Cleaning;
import io.maie.edge.request.Feature;
import io.maie.edge.request.OutputFormat;
import io.maie.edge.request.Parameters;
import io.maie.edge.request.RecordingParameters;
import io.maie.edge.request.SpeakerSource;
import io.maie.edge.request.TrackChoice;
import io.maie.edge.retention.DiskRules;
import io.maie.edge.retention.RetentionOptions;
import io.maie.edge.schema.Key;
import io.maie.edge.spool.InboxMode;
import io.maie.edge.spool.InboxOptions;
import io.maie.edge.spool.SettleOptions;
import io.maie.edge.task.TaskLimits;
import io.maie.edge.task.TaskSettings;
import io.maie.edge.testing.ScratchSettings;
import io.maie.edge.text.onnx.OnnxTextOptions;
import io.maie.edge.text.server.ServerOptions;
import io.maie.edge.vad.SpeechRegionRules;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every option record twice: as it is without settings, and with every setting changed. */
final class SettingsMappingTest {
  private static final String EVERYTHING_CHANGED =
      """
      inbox:
        path: in
        depth: 2
        settle_time: 6s
        network_settle_time: 16s
        zero_byte_grace: 61s
        incomplete_grace: 11min
        sidecar_grace: 2h
        working_hours: 22:00-06:00
        ignore: ["*.bak", x]
        watch: false
        scan_interval: 17s
        pending_scan_interval: 3s
        network_scan_interval: 7s
        scan_stall: 12min
        max_entries: 1234
        durability: fast
        mode: ledger
        access_request: /run/maie-edge/access-wanted
        require_mount: true
      outbox:
        path: out
        on_finished: [/bin/send, -x]
        on_finished_time: 7s
        on_finished_unit: true
        require_mount: true
      failed: {path: bad, require_mount: true}
      archive: {path: done, require_mount: true}
      work: {path: tasks}
      state: {path: /var/lib/maie}
      limits:
        max_file_size: 1.5GB
        min_duration: 1s
        max_duration: 3h
        max_channels: 8
        max_sample_rate: 96000
        stage_stall: 9min
        task_time: 1d
        stop_time: 50s
      retry:
        max_crashes: 4
        max_power_cuts: 5
        max_failures: 6
        first_pause: 31s
        longest_pause: 2h
      ffmpeg: {path: /opt/ffmpeg, stall: 62s}
      ffprobe: {path: /opt/ffprobe, timeout: 63s}
      vad:
        model: silero-v5
        min_speech: 210ms
        min_silence: 510ms
        max_speech: 30s
        padding: 40ms
      asr:
        model: parakeet
        transducer:
          decoder: ctc
          batch: 4
        moonshine:
          window: 15s
          beam_size: 2
          tokens_per_second: 9
        whisper:
          beam_size: 2
          best_of: 3
          temperatures: [0, 0.5]
          compression_ratio_threshold: 2.2
          logprob_threshold: -0.8
          no_speech_threshold: 0.5
          condition_on_previous_text: true
          word_timestamps: false
          batch: 4
          variant: int8
        hallucination:
          enabled: false
          max_repetition: 70%
          doubtful_no_speech: 0.7
          doubtful_logprob: -0.9
          min_words: 2
          max_words: 90
          min_segment_confidence: 0.1
          min_word_probability: 0.2
      diarization: {known_voices: true, voices_folder: samples}
      text:
        engine: extractive
        summary: {url: "https://box.example/v1/", model: qwen, api_key_file: k, context_tokens: 2048}
        cleaning: {engine: onnx, url: "http://10.0.0.7/v1", model: small, api_key_file: c, context_tokens: 4096}
        server: {connect_timeout: 3s, answer_timeout: 4s, attempts: 2}
        onnx: {model: qwen, context_tokens: 2000, answer_timeout: 3min}
      onnx: {device: cpu, threads: 3}
      models: {path: m, idle_unload: off, hub: "https://hub.example/mirror/"}
      retention:
        cleanup_interval: 5min
        archive_keep: 8d
        archive_max_bytes: 21GB
        emergency_archive_keep: 2h
        failed_keep: 31d
        leftovers_keep: 2d
        results_keep: 90d
        stored_results_keep: 12d
      disk:
        min_free: 300MB
        min_free_share: 2.5%
        warn_at: 85%
        check_interval: 20s
        decode_margin: 65MB
      logging:
        level: debug
        file: maie.log
        max_file_size: 51MB
        keep: 9d
        max_bytes: 600MB
      status: {interval: 6s}
      http:
        enabled: true
        address: 192.168.1.2
        port: 8481
        api_key: 0123456789abcdef0123456789abcdef
        api_key_file: keys
        names: [box.local]
        allow_plain: true
        tls_certificate: tls/device.pem
        tls_key: tls/device.key
        cors_origins: [https://notes.example]
        max_upload: 9MB
        max_queue: 7
        result_keep: 6h
        publish_to_outbox: true
      defaults:
        features: [summary]
        template_id: t
        asr_backend: ctc
        asr_model: m
        language: de
        languages: [de, zh-hans]
        translate: true
        initial_prompt: p
        vocabulary: [v]
        enable_vad: false
        vad_threshold: 0.4
        enable_diarization: true
        num_speakers: 2
        min_speakers: 1
        max_speakers: 3
        channels: each
        tracks: all
        speaker_source: channels
        subtitle_speakers: true
        allow_duplicate: true
        output_formats: [srt]
        priority: 1
        speaker_names: {S1: Anna}
        cleaning: [numbers]
        metadata: {a: b}
      """;

  @TempDir private Path home;
  private Settings defaults;
  private Settings changed;

  @BeforeEach
  void read() throws IOException {
    home = home.toRealPath();
    defaults = settings(ScratchSettings.of(home, Map.of()));
    Path file = Files.writeString(home.resolve("other.yaml"), EVERYTHING_CHANGED);
    changed = settings(new SettingsSources(home, Map.of(), null, file, null, Map.of()));
  }

  @Test
  void everySettingIsChangedHere() {
    assertThat(KnownSettings.OF_PROGRAM.names())
        .allSatisfy(
            name ->
                assertThat(changed.values().origin(name).layer())
                    .as(name)
                    .isEqualTo(Origin.Layer.FILE));
    assertThat(KnownSettings.OF_PROGRAM.all())
        .allSatisfy(
            setting ->
                assertThat(changed.values().get(setting)).isNotEqualTo(setting.defaultValue()));
  }

  /** A setting that nobody obeys is worse than none. */
  @Test
  void everySettingReachesSomebody() {
    for (Key<?> setting : KnownSettings.OF_PROGRAM.all()) {
      Map<String, String> flag = Map.of(setting.name(), changed.values().show(setting));

      Settings one = settings(new SettingsSources(home, Map.of(), null, null, null, flag));

      assertThat(everything(one)).as(setting.name()).isNotEqualTo(everything(defaults));
    }
  }

  private static List<Object> everything(Settings settings) {
    return List.of(
        settings.folders(),
        settings.inbox(),
        settings.watchesInbox(),
        settings.daemon("1", null),
        settings.decode(),
        settings.tasks(),
        settings.speechRegions(),
        settings.vadModel(),
        settings.asrModel(),
        settings.moonshine(),
        settings.transducer(),
        settings.whisper(),
        List.of(settings.http(), settings.http().key()),
        settings.whisperVariant(),
        settings.hallucination(),
        settings.namesKnownVoices(),
        settings.voicesFolder(),
        settings.texts(),
        settings.onnx(),
        settings.hub(),
        settings.retention(),
        settings.disk(),
        settings.logging(),
        settings.statusInterval(),
        List.of(settings.notesFinished(), settings.onFinished(), settings.onFinishedTime()));
  }

  @Test
  void folders() {
    assertThat(defaults.folders())
        .isEqualTo(
            new FolderSettings(
                home,
                home.resolve("inbox"),
                home.resolve("outbox"),
                home.resolve("failed"),
                home.resolve("archive"),
                home.resolve("work"),
                home.resolve("state"),
                home.resolve("models"),
                Set.of()));
    assertThat(changed.folders())
        .isEqualTo(
            new FolderSettings(
                home,
                home.resolve("in"),
                home.resolve("out"),
                home.resolve("bad"),
                home.resolve("done"),
                home.resolve("tasks"),
                Path.of("/var/lib/maie"),
                home.resolve("m"),
                Set.of("inbox", "outbox", "failed", "archive")));
  }

  @Test
  void inbox() {
    assertThat(defaults.inbox())
        .isEqualTo(
            new InboxOptions(
                home.resolve("inbox"),
                4,
                new SettleOptions(
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(15),
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(10),
                    Duration.ofDays(1)),
                List.of(),
                50_000,
                Durability.FULL,
                InboxMode.AUTO,
                home.resolve("state/ledger")));
    assertThat(changed.inbox())
        .isEqualTo(
            new InboxOptions(
                home.resolve("in"),
                2,
                new SettleOptions(
                    Duration.ofSeconds(6),
                    Duration.ofSeconds(16),
                    Duration.ofSeconds(61),
                    Duration.ofMinutes(11),
                    Duration.ofHours(2)),
                List.of("*.bak", "x"),
                1_234,
                Durability.FAST,
                InboxMode.LEDGER,
                changed.folders().state().resolve("ledger")));
  }

  @Test
  void programForFinishedResults() {
    assertThat(defaults.onFinished()).isEmpty();
    assertThat(defaults.notesFinished()).isFalse();
    assertThat(defaults.onFinishedTime()).isEqualTo(Duration.ofMinutes(1));
    assertThat(changed.onFinished()).as("left to the unit").isEmpty();
    Map<String, String> named = Map.of("outbox.on_finished", "/bin/send,-x");
    Settings plain = settings(new SettingsSources(home, Map.of(), null, null, null, named));
    assertThat(plain.onFinished()).containsExactly("/bin/send", "-x");
    assertThat(plain.notesFinished()).isTrue();
    assertThat(changed.notesFinished()).isTrue();
    assertThat(changed.onFinishedTime()).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void daemon() {
    assertThat(defaults.daemon("1.2", null))
        .isEqualTo(
            new DaemonOptions(
                "1.2",
                new ScanOptions(
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(5),
                    Duration.ofMillis(200),
                    Duration.ofMinutes(10)),
                Duration.ofSeconds(30),
                Duration.ofMinutes(10),
                null,
                Duration.ofMinutes(1),
                Duration.ofMinutes(20).plusSeconds(8_000),
                null,
                null));
    assertThat(changed.daemon("1.3", Duration.ofSeconds(40)))
        .isEqualTo(
            new DaemonOptions(
                "1.3",
                new ScanOptions(
                    Duration.ofSeconds(3),
                    Duration.ofSeconds(17),
                    Duration.ofSeconds(7),
                    Duration.ofMillis(200),
                    Duration.ofMinutes(12)),
                Duration.ofSeconds(20),
                Duration.ofMinutes(5),
                Duration.ofSeconds(40),
                Duration.ofSeconds(50),
                Duration.ofMinutes(18).plusSeconds(3_000),
                new WorkingHours(LocalTime.of(22, 0), LocalTime.of(6, 0)),
                Path.of("/run/maie-edge/access-wanted")));
    assertThat(defaults.watchesInbox()).isTrue();
    assertThat(changed.watchesInbox()).isFalse();
  }

  @Test
  void decoding() {
    assertThat(defaults.decode())
        .isEqualTo(
            new DecodeOptions(
                "ffmpeg",
                "ffprobe",
                Duration.ofMillis(100),
                Duration.ofHours(12),
                4_000_000_000L,
                64,
                768_000,
                Duration.ofMinutes(1),
                Duration.ofMinutes(1),
                64_000_000));
    assertThat(changed.decode())
        .isEqualTo(
            new DecodeOptions(
                "/opt/ffmpeg",
                "/opt/ffprobe",
                Duration.ofSeconds(1),
                Duration.ofHours(3),
                1_500_000_000L,
                8,
                96_000,
                Duration.ofSeconds(63),
                Duration.ofSeconds(62),
                65_000_000));
  }

  @Test
  void tasks() {
    assertThat(defaults.tasks())
        .isEqualTo(
            new TaskSettings(
                RecordingParameters.DEFAULTS,
                new TaskLimits(
                    Duration.ofMinutes(10),
                    Duration.ofDays(2),
                    3,
                    10,
                    3,
                    Duration.ofSeconds(30),
                    Duration.ofHours(1))));
    assertThat(changed.tasks())
        .isEqualTo(
            new TaskSettings(
                changed.defaults(),
                new TaskLimits(
                    Duration.ofMinutes(9),
                    Duration.ofDays(1),
                    4,
                    5,
                    6,
                    Duration.ofSeconds(31),
                    Duration.ofHours(2))));
  }

  @Test
  void speech() {
    assertThat(defaults.speechRegions())
        .isEqualTo(
            new SpeechRegionRules(
                0.5, Duration.ofMillis(200), Duration.ofMillis(500), null, Duration.ofMillis(400)));
    assertThat(changed.speechRegions())
        .isEqualTo(
            new SpeechRegionRules(
                0.4,
                Duration.ofMillis(210),
                Duration.ofMillis(510),
                Duration.ofSeconds(30),
                Duration.ofMillis(40)));
    assertThat(defaults.vadModel()).isEmpty();
    assertThat(changed.vadModel()).contains("silero-v5");
    assertThat(defaults.asrModel()).isEmpty();
    assertThat(changed.asrModel()).contains("parakeet");
  }

  @Test
  void moonshineDecodesAsSet() {
    assertThat(defaults.moonshine()).isEqualTo(MoonshineOptions.DEFAULTS);
    assertThat(changed.moonshine()).isEqualTo(new MoonshineOptions(Duration.ofSeconds(15), 2, 9));
  }

  @Test
  void transducersDecodeAsSet() {
    assertThat(defaults.transducer()).isEqualTo(TransducerOptions.DEFAULTS);
    assertThat(changed.transducer()).isEqualTo(new TransducerOptions(TokenHead.CTC, 4));
  }

  @Test
  void whisper() {
    assertThat(defaults.whisper())
        .isEqualTo(
            new WhisperOptions(
                1, 2, List.of(0.0, 0.2, 0.4, 0.6, 0.8, 1.0), 2.4, -1, 0.6, false, true, 1));
    assertThat(changed.whisper())
        .isEqualTo(new WhisperOptions(2, 3, List.of(0.0, 0.5), 2.2, -0.8, 0.5, true, false, 4));
    assertThat(defaults.whisperVariant()).isEmpty();
    assertThat(changed.whisperVariant()).contains("int8");
  }

  @Test
  void texts() {
    assertThat(defaults.texts().engine()).isEqualTo(TextEngine.AUTO);
    assertThat(defaults.texts().summaryServer()).isEmpty();
    assertThat(changed.texts().summaryServer()).as("rules were asked for").isEmpty();
    assertThat(defaults.texts().cleaningEngine()).isEqualTo(CleaningEngine.AUTO);
    assertThat(changed.texts().cleaningEngine()).isEqualTo(CleaningEngine.ONNX);
    assertThat(changed.texts().cleaningServer()).as("a local model was asked for").isEmpty();
    assertThat(
            new TextSettings(
                    TextEngine.AUTO,
                    changed.texts().summary(),
                    CleaningEngine.SERVER,
                    changed.texts().cleaning(),
                    changed.texts().connect(),
                    changed.texts().answer(),
                    changed.texts().attempts(),
                    changed.texts().local())
                .summaryServer())
        .hasValue(
            new ServerOptions(
                URI.create("https://box.example/v1"),
                "qwen",
                Optional.of(changed.folders().home().resolve("k")),
                2048,
                Duration.ofSeconds(3),
                Duration.ofSeconds(4),
                2));
  }

  @Test
  void languageModelOfThisMachine() {
    assertThat(defaults.texts().local())
        .isEqualTo(
            new TextSettings.LocalModel(
                Optional.empty(), new OnnxTextOptions(4096, Duration.ofMinutes(10))));
    assertThat(changed.texts().local())
        .isEqualTo(
            new TextSettings.LocalModel(
                Optional.of("qwen"), new OnnxTextOptions(2000, Duration.ofMinutes(3))));
  }

  @Test
  void diarization() {
    assertThat(defaults.namesKnownVoices()).isFalse();
    assertThat(changed.namesKnownVoices()).isTrue();
    assertThat(defaults.voicesFolder()).isEmpty();
    assertThat(changed.voicesFolder())
        .hasValueSatisfying(
            folder -> assertThat(folder).isAbsolute().endsWithRaw(Path.of("samples")));
  }

  @Test
  void hallucination() {
    assertThat(defaults.hallucination())
        .contains(new HallucinationOptions(0.6, 0, Integer.MAX_VALUE, 0.6, -1, 0, 0));
    assertThat(changed.hallucination()).isEmpty();
    Path file = home.resolve("other.yaml");
    Map<String, String> enabled = Map.of("asr.hallucination.enabled", "true");
    assertThat(
            settings(new SettingsSources(home, Map.of(), null, file, null, enabled))
                .hallucination())
        .contains(new HallucinationOptions(0.7, 2, 90, 0.7, -0.9, 0.1, 0.2));
  }

  @Test
  void models() {
    assertThat(defaults.onnx())
        .isEqualTo(
            new OnnxOptions(
                Device.AUTO, Runtime.getRuntime().availableProcessors(), Duration.ofMinutes(10)));
    assertThat(changed.onnx()).isEqualTo(new OnnxOptions(Device.CPU, 3, Duration.ZERO));
    assertThat(defaults.hub()).isEqualTo(HubAddress.parse("https://huggingface.co"));
    assertThat(changed.hub()).isEqualTo(HubAddress.parse("https://hub.example/mirror"));
  }

  @Test
  void retention() {
    assertThat(defaults.retention())
        .isEqualTo(
            new RetentionOptions(
                Duration.ofDays(7),
                20_000_000_000L,
                Duration.ofDays(30),
                Duration.ofDays(1),
                Duration.ofDays(7),
                500_000_000,
                null,
                Duration.ofHours(1),
                Duration.ofDays(7),
                Duration.ofDays(1)));
    assertThat(changed.retention())
        .isEqualTo(
            new RetentionOptions(
                Duration.ofDays(8),
                21_000_000_000L,
                Duration.ofDays(31),
                Duration.ofDays(2),
                Duration.ofDays(9),
                600_000_000,
                Duration.ofDays(90),
                Duration.ofHours(2),
                Duration.ofDays(12),
                Duration.ofHours(6)));
  }

  @Test
  void disk() {
    assertThat(defaults.disk()).isEqualTo(new DiskRules(200_000_000, 0.01, 0.8));
    assertThat(changed.disk()).isEqualTo(new DiskRules(300_000_000, 0.025, 0.85));
  }

  @Test
  void logging() {
    assertThat(defaults.logging())
        .isEqualTo(
            new LoggingSettings(
                LogLevel.INFO, home.resolve("state/logs/maie-edge.log"), 50_000_000));
    assertThat(changed.logging())
        .isEqualTo(
            new LoggingSettings(LogLevel.DEBUG, Path.of("/var/lib/maie/maie.log"), 51_000_000));
    assertThat(defaults.statusInterval()).isEqualTo(Duration.ofSeconds(5));
    assertThat(changed.statusInterval()).isEqualTo(Duration.ofSeconds(6));
  }

  @Test
  void parameters() {
    assertThat(defaults.defaults()).isEqualTo(RecordingParameters.DEFAULTS);
    assertThat(changed.defaults())
        .isEqualTo(
            new RecordingParameters(
                EnumSet.of(Feature.SUMMARY),
                "t",
                AsrBackend.CTC,
                "m",
                "de",
                List.of("de", "zh-Hans"),
                ChannelChoice.EACH,
                TrackChoice.ALL,
                true,
                "p",
                List.of("v"),
                false,
                0.4,
                true,
                2,
                1,
                3,
                SpeakerSource.CHANNELS,
                Map.of("S1", "Anna"),
                EnumSet.of(Cleaning.NUMBERS),
                true,
                EnumSet.of(OutputFormat.SRT, OutputFormat.JSON),
                true,
                1,
                Map.of("a", "b")));
    assertThat(Parameters.all()).hasSize(RecordingParameters.class.getRecordComponents().length);
  }

  /** Shown settings can be pasted into a file and mean the same. */
  @Test
  void shownSettingsReadBackAsTheSameSettings() throws IOException {
    LoadedSettings loaded =
        SettingsReader.read(
            new SettingsSources(home, Map.of(), null, home.resolve("other.yaml"), null, Map.of()));
    Path shown = Files.writeString(home.resolve("shown.yaml"), SettingsReport.show(loaded));

    Settings again = settings(new SettingsSources(home, Map.of(), null, shown, null, Map.of()));

    assertThat(again.folders()).isEqualTo(changed.folders());
    assertThat(again.inbox()).isEqualTo(changed.inbox());
    assertThat(again.decode()).isEqualTo(changed.decode());
    assertThat(again.tasks()).isEqualTo(changed.tasks());
    assertThat(again.retention()).isEqualTo(changed.retention());
    assertThat(again.disk()).isEqualTo(changed.disk());
    assertThat(again.whisper()).isEqualTo(changed.whisper());
    assertThat(again.onnx()).isEqualTo(changed.onnx());
    assertThat(again.logging()).isEqualTo(changed.logging());
    assertThat(again.daemon("1", null)).isEqualTo(changed.daemon("1", null));
  }

  private static Settings settings(SettingsSources sources) {
    LoadedSettings loaded = SettingsReader.read(sources);
    assertThat(loaded.problems()).isEmpty();
    return loaded.settings().orElseThrow();
  }
}
