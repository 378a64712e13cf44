package io.maie.edge.spool;

import static java.util.Objects.requireNonNull;

import io.maie.edge.durable.FileNames;
import io.maie.edge.durable.FirstFreeName;
import io.maie.edge.durable.HeldFolder;
import io.maie.edge.durable.NameRules;
import io.maie.edge.durable.NameSeries;
import io.maie.edge.durable.Publication;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A folder to which recordings are moved: the archive, the quarantine of failed ones, or the inbox
 * again.
 *
 * <p>File contract: companions (an error document, the sidecar) appear first, the recording last;
 * nothing is overwritten. All names belong together: {@code talk.wav} and {@code
 * talk.wav.error.json}, or {@code talk~2.wav} and {@code talk~2.wav.error.json}. After a crash the
 * same call completes what is missing, for as long as the recording still lies where it was. The
 * folder that the recording comes from is not flushed, since it is removed next.
 */
public final class RecordingFolder {
  private final Path root;
  private final FolderIdentity identity;

  /** A folder that is used as it is found. */
  public RecordingFolder(Path root) {
    this(KnownFolders.forgetful().output("folder", root));
  }

  /** A folder to which nothing is written while its disk is away. */
  public RecordingFolder(FolderIdentity identity) {
    this.identity = requireNonNull(identity, "identity is null");
    this.root = identity.folder();
  }

  public Path folder() {
    return root;
  }

  /**
   * Moves a recording here.
   *
   * @param recording its present path
   * @param relative its path below the inbox; its sub-folder is mirrored
   * @param companions documents that appear beside it
   * @return its present path
   */
  public Path put(Path recording, Path relative, List<Output> companions) throws IOException {
    identity.require();
    Path folder = new Subfolders(identity.names()).mirrored(root, relative);
    try (HeldFolder into = HeldFolder.below(root, folder)) {
      Path target = into.run(held -> putInto(held, recording, relative, companions));
      return folder.resolve(target.getFileName());
    }
  }

  private Path putInto(Path folder, Path recording, Path relative, List<Output> companions)
      throws IOException {
    return FirstFreeName.take(
        folder.resolve(FileNames.text(relative)),
        number -> {
          Path target = folder.resolve(name(relative, number));
          return hasMoved(recording, target, companions) ? Optional.of(target) : Optional.empty();
        });
  }

  private boolean hasMoved(Path recording, Path target, List<Output> companions)
      throws IOException {
    NamedDocuments documents = documents(target, companions);
    if (!Publication.isFreeFor(recording, target) || !documents.areNamesFree()) {
      return false;
    }
    if (documents.publish() && Publication.moveOutIfFree(recording, target)) {
      return true;
    }
    documents.withdraw();
    return false;
  }

  /**
   * The path below this folder that a recording takes first, with {@code /} between folders, where
   * the folder cannot hold the one that it had below the inbox.
   */
  public Optional<String> safePath(Path relative) {
    return new Subfolders(identity.names()).safePath(relative, "");
  }

  /**
   * The path of the {@code number}-th recording of one name.
   *
   * @param relative its path below the inbox
   */
  public Path named(Path relative, int number) {
    NameRules names = identity.names();
    Path folder = root;
    for (int depth = 0; depth < relative.getNameCount() - 1; depth++) {
      String element = FileNames.text(relative.getName(depth));
      folder = folder.resolve(names.name(new NameSeries(element, ""), 1));
    }
    return folder.resolve(name(relative, number));
  }

  /** The path of the document of {@code suffix} that belongs to a recording in this folder. */
  public Path beside(Path recording, String suffix) {
    String stem = FileNames.text(recording);
    return recording.resolveSibling(identity.names().name(new NameSeries(stem, suffix), 1));
  }

  private String name(Path relative, int number) {
    return identity.names().name(NameSeries.of(FileNames.text(relative)), number);
  }

  private NamedDocuments documents(Path target, List<Output> companions) {
    return new NamedDocuments(
        companions.stream().map(Output::file).toList(),
        companions.stream().map(output -> beside(target, output.suffix())).toList());
  }
}
