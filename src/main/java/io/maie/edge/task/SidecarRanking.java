package io.maie.edge.task;

import static java.util.Objects.requireNonNull;

import io.maie.edge.durable.FileNames;
import io.maie.edge.request.ParameterLayer;
import io.maie.edge.request.ParameterReader;
import io.maie.edge.spool.Arrival;
import io.maie.edge.spool.CompanionRule;
import io.maie.edge.spool.Ranking;
import io.maie.edge.spool.Sidecars;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ranks recordings by what their sidecars and folder profiles say. */
public final class SidecarRanking implements Ranking {
  private static final Logger LOG = LoggerFactory.getLogger(SidecarRanking.class);

  /** Priority of recordings in the folder {@code urgent} of the inbox that ask for no other. */
  static final int URGENT_PRIORITY = 100;

  private static final String URGENT_FOLDER = "urgent";

  private final Supplier<TaskSettings> settings;

  public SidecarRanking(Supplier<TaskSettings> settings) {
    this.settings = requireNonNull(settings, "settings is null");
  }

  @Override
  public Rank rank(Arrival arrival) {
    ParameterLayer profile = profile(arrival.folderProfile());
    ParameterLayer sidecar = layer(arrival.sidecar(), Kind.SIDECAR);
    int usual = settings.get().defaults().priority();
    int unasked = isUrgent(arrival.relative()) ? Math.max(usual, URGENT_PRIORITY) : usual;
    int priority = sidecar.priorityOver(profile.priorityOver(unasked));
    if (profile.folderRules().sidecarRequired() && arrival.sidecar().isEmpty()) {
      String name = FileNames.printable(arrival.relative()) + Sidecars.SUFFIX;
      return Rank.held(
          priority, "its sidecar '" + name + "' is required in this folder and has not arrived");
    }
    return Rank.of(priority);
  }

  @Override
  public CompanionRule companions(Path folderProfile) {
    return CompanionMoves.rule(profile(Optional.of(folderProfile)));
  }

  private static ParameterLayer profile(Optional<Path> file) {
    return layer(file, Kind.FOLDER_PROFILE);
  }

  private static boolean isUrgent(Path relative) {
    return relative.getNameCount() > 1
        && relative.getName(0).toString().toLowerCase(Locale.ROOT).equals(URGENT_FOLDER);
  }

  /** Kinds of files with parameters. */
  private enum Kind {
    SIDECAR("sidecar"),
    FOLDER_PROFILE("folder profile");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    ParameterLayer read(String name, byte[] bytes) {
      return switch (this) {
        case SIDECAR -> ParameterReader.readSidecar(name, bytes);
        case FOLDER_PROFILE -> ParameterReader.readFolderProfile(name, bytes);
      };
    }
  }

  /**
   * Reads a layer; an unreadable file counts as empty here, and reading it for the task tells the
   * user.
   */
  private static ParameterLayer layer(Optional<Path> file, Kind kind) {
    if (file.isPresent()) {
      try {
        Optional<byte[]> bytes = ParameterFiles.read(file.get());
        if (bytes.isPresent()) {
          return kind.read(String.valueOf(file.get().getFileName()), bytes.get());
        }
      } catch (IOException e) {
        LOG.debug("Reading a {} failed; ranking continues without: {}", kind.words, e.toString());
      }
    }
    return ParameterLayer.empty(kind.words);
  }
}
