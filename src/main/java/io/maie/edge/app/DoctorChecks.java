package io.maie.edge.app;

import io.maie.edge.audio.decode.FfmpegCheck;
import io.maie.edge.config.FolderSettings;
import io.maie.edge.config.Settings;
import io.maie.edge.modelfile.Checksums;
import io.maie.edge.modelfile.ModelCatalog;
import io.maie.edge.telemetry.Check;
import io.maie.edge.time.Ticker;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the doctor looks at, in the order of what depends on what. */
final class DoctorChecks {
  private DoctorChecks() {}

  /**
   * The checks.
   *
   * @param last what takes long, so it comes last; null = nothing
   */
  static List<Check> of(Settings settings, BuildFacts build, @Nullable Check last) {
    FolderSettings folders = settings.folders();
    Ticker ticker = SystemTime.clock().ticker();
    List<Check> checks = new ArrayList<>();
    checks.add(new LocaleCheck(System.getProperty("sun.jnu.encoding", "unknown")));
    checks.add(new ClockCheck(SystemTime.clock().wall(), build.builtAt()));
    checks.addAll(FolderCheck.ofAll(folders));
    checks.add(new OneFileSystemCheck(folders.inbox(), folders.work()));
    checks.add(new DiskCheck(settings.disk(), folders.work()));
    checks.add(new WatchCheck(folders.inbox()));
    checks.add(new FfmpegCheck(settings.decode(), ticker));
    ModelCatalog catalog =
        new ModelCatalog(folders.models(), new Checksums(), EngineRoom.preference(settings));
    EngineRoom.wishes(settings).forEach(wish -> checks.add(new ModelCheck(catalog, wish)));
    if (last != null) {
      checks.add(last);
    }
    return checks;
  }
}
