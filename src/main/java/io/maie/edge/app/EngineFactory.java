package io.maie.edge.app;

import io.maie.edge.asr.InstalledRecognizers;
import io.maie.edge.asr.RecognizerFamily;
import io.maie.edge.asr.TranscriptFilter;
import io.maie.edge.asr.chunkformer.ChunkformerRecognizer;
import io.maie.edge.asr.ctc.CtcRecognizer;
import io.maie.edge.asr.hallucination.HallucinationFilter;
import io.maie.edge.asr.moonshine.MoonshineOptions;
import io.maie.edge.asr.moonshine.MoonshineRecognizer;
import io.maie.edge.asr.transducer.TransducerOptions;
import io.maie.edge.asr.transducer.TransducerRecognizer;
import io.maie.edge.asr.whisper.WhisperOptions;
import io.maie.edge.asr.whisper.WhisperRecognizer;
import io.maie.edge.audio.decode.AudioDecoder;
import io.maie.edge.audio.decode.FfmpegDecoder;
import io.maie.edge.config.CleaningEngine;
import io.maie.edge.config.Settings;
import io.maie.edge.config.TextEngine;
import io.maie.edge.config.TextSettings;
import io.maie.edge.diarization.Diarizer;
import io.maie.edge.diarization.KnownVoices;
import io.maie.edge.diarization.pieces.PieceDiarizer;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.modelfile.Checksums;
import io.maie.edge.modelfile.GraphPreference;
import io.maie.edge.modelfile.ModelCatalog;
import io.maie.edge.modelfile.ModelTask;
import io.maie.edge.modelfile.ModelWish;
import io.maie.edge.onnx.Device;
import io.maie.edge.onnx.OnnxRuntime;
import io.maie.edge.pipeline.DetectorChoice;
import io.maie.edge.pipeline.Engines;
import io.maie.edge.pipeline.Pipeline;
import io.maie.edge.task.Installation;
import io.maie.edge.text.correct.ModelCleaner;
import io.maie.edge.text.correct.TranscriptCorrector;
import io.maie.edge.text.server.ChatServer;
import io.maie.edge.text.summary.ExtractiveEngine;
import io.maie.edge.text.summary.FallbackEngine;
import io.maie.edge.text.summary.ModelEngine;
import io.maie.edge.text.summary.Summaries;
import io.maie.edge.text.summary.SummaryEngine;
import io.maie.edge.text.template.TemplateFolders;
import io.maie.edge.time.Sleeper;
import io.maie.edge.time.Ticker;
import io.maie.edge.vad.silero.SileroDetector;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The engines and their runtime. Models open when a recording first needs them. */
final class EngineFactory implements AutoCloseable {
  private final OnnxRuntime onnx;

  /** For recordings that used up the memory; holds no model until there is one. */
  private final OnnxRuntime sparingOnnx;

  private final Path modelsFolder;
  private final ModelCatalog catalog;
  private final InstalledRecognizers recognizers;
  private final List<ModelWish> wishes;
  private final Pipeline pipeline;
  private final Installation installation;

  private EngineFactory(Settings settings, BuildFacts build, Ticker ticker) {
    onnx = new OnnxRuntime(settings.onnx(), ticker);
    sparingOnnx = new OnnxRuntime(settings.onnx().onOneThread(), ticker);
    modelsFolder = settings.folders().models();
    catalog =
        new ModelCatalog(
            settings.folders().models(), new Checksums(), preference(settings, onnx.device()));
    wishes = wishes(settings);
    recognizers =
        new InstalledRecognizers(
            catalog,
            new InstalledRecognizers.Families(
                families(settings, onnx), sparingFamilies(settings, sparingOnnx)),
            settings.asrModel().orElse(null),
            this::unload);
    ModelWish detector = wishes.get(0);
    DetectorChoice detectors = () -> SileroDetector.open(catalog.choose(detector), onnx);
    FfmpegDecoder decoder = new FfmpegDecoder(settings.decode(), ticker);
    pipeline =
        new Pipeline(
            new Engines(
                decoder,
                detectors,
                recognizers,
                this::diarizer,
                voices(settings, decoder),
                filter(settings),
                summaries(settings, ticker)),
            settings.speechRegions(),
            ticker);
    installation =
        new Installation(
            build.version(),
            MachineFacts.of(onnx),
            new EngineIdentity(settings, build, catalog, MachineFacts.of(onnx)));
  }

  private Summaries summaries(Settings settings, Ticker ticker) {
    LocalLanguageModel local =
        new LocalLanguageModel(
            catalog, settings.texts().local(), onnx, ticker, () -> unload(modelsFolder));
    return new Summaries(
        new TemplateFolders(settings.templateFolders()),
        summaryEngine(settings.texts(), local, ticker),
        corrector(settings.texts(), local, ticker));
  }

  private static Optional<TranscriptCorrector> corrector(
      TextSettings texts, LocalLanguageModel local, Ticker ticker) {
    return texts.cleaningEngine() == CleaningEngine.ONNX
        ? Optional.of(new LocalCleaning(local))
        : texts
            .cleaningServer()
            .map(server -> new ModelCleaner(new ChatServer(server, ticker, Sleeper.system())));
  }

  /**
   * Tells speakers apart; its models open when first used. Those of other stages give their memory
   * back before: what a device needs is the larger of the two, not their sum.
   */
  Diarizer diarizer() throws ProcessingException {
    unload(modelsFolder);
    List<ModelWish> models = speakerWishes();
    return PieceDiarizer.open(catalog.choose(models.get(0)), catalog.choose(models.get(1)), onnx);
  }

  private void unload(Path folder) {
    onnx.unload(folder);
    sparingOnnx.unload(folder);
  }

  /** Families of recognisers, by their names in manifests. */
  static Map<String, RecognizerFamily> families(Settings settings, OnnxRuntime onnx) {
    return families(onnx, settings.whisper(), settings.moonshine(), settings.transducer());
  }

  private static Map<String, RecognizerFamily> sparingFamilies(
      Settings settings, OnnxRuntime onnx) {
    return families(
        onnx,
        settings.whisper().sparingMemory(),
        settings.moonshine().sparingMemory(),
        settings.transducer().sparingMemory());
  }

  private static Map<String, RecognizerFamily> families(
      OnnxRuntime onnx,
      WhisperOptions whisper,
      MoonshineOptions moonshine,
      TransducerOptions transducer) {
    return Map.of(
        ChunkformerRecognizer.FAMILY,
        folder -> ChunkformerRecognizer.open(folder, transducer, onnx),
        CtcRecognizer.FAMILY,
        folder -> CtcRecognizer.open(folder, onnx),
        MoonshineRecognizer.FAMILY,
        folder -> MoonshineRecognizer.open(folder, moonshine, onnx),
        TransducerRecognizer.FAMILY,
        folder -> TransducerRecognizer.open(folder, transducer, onnx),
        WhisperRecognizer.FAMILY,
        folder -> WhisperRecognizer.open(folder, whisper, onnx));
  }

  static EngineFactory open(Settings settings, BuildFacts build, Ticker ticker) {
    EngineFactory room = new EngineFactory(settings, build, ticker);
    room.onnx.start(room::rest);
    room.sparingOnnx.start(room::rest);
    return room;
  }

  /**
   * Releases what only an idle program can spare, after the last model is unloaded: language
   * models, and the unused part of the heap, which the collector returns only on request.
   */
  private void rest() {
    recognizers.release();
    System.gc();
  }

  /** Decides which graphs to use of models that come with several. */
  static GraphPreference preference(Settings settings, Device device) {
    return new GraphPreference(
        MachineFacts.hardware(device), MachineFacts.hasLittleMemory(), settings.whisperVariant());
  }

  /** Like {@link #preference(Settings, Device)}, for the device of this machine. */
  static GraphPreference preference(Settings settings) {
    try (OnnxRuntime onnx = new OnnxRuntime(settings.onnx(), Ticker.system())) {
      return preference(settings, onnx.device());
    }
  }

  /** Models for a recording without special wishes: voice activity, then recognition. */
  static List<ModelWish> wishes(Settings settings) {
    return List.of(
        ModelWish.ofInstallation(
            ModelTask.VAD, SileroDetector.FAMILY, settings.vadModel().orElse(null)),
        ModelWish.ofInstallation(ModelTask.ASR, null, settings.asrModel().orElse(null))
            .withLanguages(settings.defaults().languagesToKnow()));
  }

  /** Models for a recording that asks who spoke: segmentation, then embedding. */
  static List<ModelWish> speakerWishes() {
    return List.of(
        ModelWish.ofInstallation(
            ModelTask.SPEAKER_SEGMENTATION, PieceDiarizer.SEGMENTATION_FAMILY, null),
        ModelWish.ofInstallation(
            ModelTask.SPEAKER_EMBEDDING, PieceDiarizer.EMBEDDING_FAMILY, null));
  }

  /** The language model of this machine; empty if it neither sums up nor corrects. */
  static Optional<ModelWish> textWish(TextSettings texts) {
    boolean isUsed =
        texts.engine() == TextEngine.ONNX
            || texts.cleaningEngine() == CleaningEngine.ONNX
            || (texts.engine() == TextEngine.AUTO && texts.summaryServer().isEmpty());
    return isUsed ? Optional.of(LocalLanguageModel.wish(texts.local())) : Optional.empty();
  }

  /** Everything a recording may want whose parameters name no model. */
  static List<ModelWish> allWishes(Settings settings) {
    List<ModelWish> all = new ArrayList<>(wishes(settings));
    all.addAll(speakerWishes());
    textWish(settings.texts()).ifPresent(all::add);
    return List.copyOf(all);
  }

  /** The voices that were stored, and those in the folder of samples. */
  private KnownVoices voices(Settings settings, AudioDecoder decoder) {
    List<KnownVoices> known = new ArrayList<>();
    if (settings.namesKnownVoices()) {
      known.add(VoiceCommands.store(settings)::list);
    }
    settings
        .voicesFolder()
        .map(folder -> new SampledVoices.Parts(folder, decoder, this::diarizer))
        .ifPresent(parts -> known.add(new SampledVoices(parts, SystemTime.clock().wall())));
    return KnownVoices.all(known);
  }

  private static SummaryEngine summaryEngine(
      TextSettings texts, LocalLanguageModel local, Ticker ticker) {
    SummaryEngine rules = new ExtractiveEngine();
    Optional<SummaryEngine> server =
        texts
            .summaryServer()
            .map(options -> new ModelEngine(new ChatServer(options, ticker, Sleeper.system())));
    return switch (texts.engine()) {
      case EXTRACTIVE -> rules;
      case SERVER -> server.orElse(rules);
      case ONNX -> new FallbackEngine(new LocalSummaries(local), rules);
      case AUTO -> new FallbackEngine(server.orElseGet(() -> ifInstalled(local, rules)), rules);
    };
  }

  /** A model may come and go while the program runs. */
  private static SummaryEngine ifInstalled(LocalLanguageModel local, SummaryEngine rules) {
    SummaryEngine summaries = new LocalSummaries(local);
    return (input, context) -> (local.isInstalled() ? summaries : rules).summarize(input, context);
  }

  private static TranscriptFilter filter(Settings settings) {
    return settings
        .hallucination()
        .<TranscriptFilter>map(
            options -> new HallucinationFilter(options, settings.hallucinationPatterns()))
        .orElseGet(TranscriptFilter::disabled);
  }

  Pipeline pipeline() {
    return pipeline;
  }

  Installation installation() {
    return installation;
  }

  ModelCatalog catalog() {
    return catalog;
  }

  InstalledRecognizers recognizers() {
    return recognizers;
  }

  List<ModelWish> wishes() {
    return wishes;
  }

  @Override
  public void close() {
    try {
      onnx.close();
    } finally {
      sparingOnnx.close();
    }
  }
}
