package io.maie.edge.app;

import io.maie.edge.audio.decode.FfmpegCheck;
import io.maie.edge.config.CleaningEngine;
import io.maie.edge.config.FolderSettings;
import io.maie.edge.config.Settings;
import io.maie.edge.config.TextEngine;
import io.maie.edge.daemon.InstanceLock;
import io.maie.edge.modelfile.Checksums;
import io.maie.edge.modelfile.ModelCatalog;
import io.maie.edge.telemetry.Check;
import io.maie.edge.text.server.ServerCheck;
import io.maie.edge.time.Ticker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Checks of the doctor, each after those that it depends on. */
final class DoctorChecks {
  private DoctorChecks() {}

  /**
   * The checks.
   *
   * @param last what comes after the rest, because it depends on it or takes long
   */
  static List<Check> of(Settings settings, BuildFacts build, List<Check> last) {
    FolderSettings folders = settings.folders();
    Ticker ticker = SystemTime.clock().ticker();
    List<Check> checks = new ArrayList<>();
    checks.add(new LocaleCheck(System.getProperty("sun.jnu.encoding", "unknown")));
    checks.add(new ClockCheck(SystemTime.clock().wall(), build.builtAt()));
    checks.addAll(ofFolders(settings));
    checks.add(new FfmpegCheck(settings.decode(), ticker));
    ModelCatalog catalog =
        new ModelCatalog(folders.models(), new Checksums(), EngineFactory.preference(settings));
    EngineFactory.wishes(settings).forEach(wish -> checks.add(new ModelCheck(catalog, wish)));
    EngineFactory.speakerWishes().forEach(wish -> checks.add(ModelCheck.ofOptional(catalog, wish)));
    EngineFactory.textWish(settings.texts())
        .filter(wish -> wantsTextModel(settings, catalog))
        .ifPresent(wish -> checks.add(ModelCheck.ofOptional(catalog, wish)));
    settings
        .texts()
        .summaryServer()
        .ifPresent(server -> checks.add(new ServerCheck("summaries", server, ticker)));
    settings
        .texts()
        .cleaningServer()
        .ifPresent(server -> checks.add(new ServerCheck("cleaning", server, ticker)));
    checks.addAll(last);
    return checks;
  }

  /** Without a language model rules sum up, which is no fault unless the settings ask for one. */
  private static boolean wantsTextModel(Settings settings, ModelCatalog catalog) {
    try {
      return settings.texts().engine() == TextEngine.ONNX
          || settings.texts().cleaningEngine() == CleaningEngine.ONNX
          || LocalLanguageModel.isAnyThere(catalog);
    } catch (IOException e) {
      // the other checks of models tell
      return false;
    }
  }

  private static List<Check> ofFolders(Settings settings) {
    FolderSettings folders = settings.folders();
    boolean hasRun = Files.exists(folders.state().resolve(InstanceLock.NAME));
    if (hasRun) {
      return ofFolders(
          settings,
          FolderCheck.ofAll(folders, settings.inbox().mode()),
          folders.inbox(),
          folders.work());
    }
    return ofFolders(
        settings,
        FolderCheck.beforeTheFirstStart(folders, settings.inbox().mode()),
        FirstStartCheck.existing(folders.inbox()),
        FirstStartCheck.existing(folders.work()));
  }

  private static List<Check> ofFolders(
      Settings settings, List<Check> folders, Path inbox, Path work) {
    List<Check> checks = new ArrayList<>(folders);
    checks.add(new OneFileSystemCheck(inbox, work));
    checks.add(new DiskCheck(settings.disk(), work));
    checks.add(new WatchCheck(inbox, settings.inbox().mode()));
    return checks;
  }
}
