package io.maie.edge.task;

import static java.util.Objects.requireNonNull;

import io.maie.edge.durable.FileNames;
import io.maie.edge.durable.HeldFolder;
import io.maie.edge.request.ParameterLayer;
import io.maie.edge.request.ParameterReader;
import io.maie.edge.spool.CompanionRule;
import io.maie.edge.spool.Inbox;
import io.maie.edge.spool.RecordingFolder;
import io.maie.edge.spool.Sidecars;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves companions out of the inbox to where their recording went, if its folder asks for that.
 *
 * <p>File contract: the recording has moved already; nothing is overwritten. A repeated call moves
 * what a crash left; after a power cut a companion may lie in both places. A companion that cannot
 * be moved, or that somebody is writing, stays in the inbox, where the status lists it: no
 * recording waits for one.
 */
final class CompanionMoves {
  private static final Logger LOG = LoggerFactory.getLogger(CompanionMoves.class);

  private final Inbox inbox;

  CompanionMoves(Inbox inbox) {
    this.inbox = requireNonNull(inbox, "inbox is null");
  }

  /** Rule of a folder profile for companions. */
  static CompanionRule rule(ParameterLayer profile) {
    return switch (profile.folderRules().companions()) {
      case LEAVE -> CompanionRule.LEAVE;
      case ARCHIVE_WITH -> CompanionRule.ARCHIVE_WITH;
      case FAIL -> CompanionRule.FAIL;
    };
  }

  /** Moves the companions of {@code task} to {@code target}. */
  void follow(Task task, RecordingFolder target) {
    Optional<String> profile = task.facts().folderProfile();
    if (profile.isEmpty() || task.source().intake().isApi()) {
      return;
    }
    ParameterLayer layer =
        ParameterReader.readFolderProfile(
            Sidecars.FOLDER_PROFILE, profile.get().getBytes(StandardCharsets.UTF_8));
    if (rule(layer) != CompanionRule.ARCHIVE_WITH) {
      return;
    }
    try {
      for (Path relative : inbox.companionsOf(task.source().in(inbox.folder(), ""))) {
        put(relative, target);
        LOG.debug("Moved companion '{}'", FileNames.printable(relative));
      }
    } catch (IOException e) {
      LOG.warn("Moving companions failed; they stay in the inbox: {}", e.toString());
    }
  }

  private void put(Path relative, RecordingFolder target) throws IOException {
    Path companion = inbox.folder().resolve(relative);
    try (HeldFolder from = HeldFolder.below(inbox.folder(), companion.resolveSibling(""))) {
      Path there =
          from.run(held -> target.put(held.resolve(companion.getFileName()), relative, List.of()));
      LOG.trace("A companion lies at '{}' now", there);
    }
  }
}
