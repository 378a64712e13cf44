package io.maie.edge.spool;

import static java.util.Objects.requireNonNull;

import io.maie.edge.durable.FileNames;
import io.maie.edge.durable.Publication;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.List;

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
  private static final int MOST_NUMBERS = 100_000;

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
   * @param recording where it lies now
   * @param relative what it was called below the inbox; its sub-folder is mirrored
   * @param companions documents that appear beside it
   * @return where it lies now
   */
  public Path put(Path recording, Path relative, List<Output> companions) throws IOException {
    identity.require();
    Path folder = Subfolders.mirrored(root, relative);
    String name = FileNames.text(relative);
    for (int n = 1; n <= MOST_NUMBERS; n++) {
      Path target =
          folder.resolve(FileNames.numbered(FileNames.stem(name), FileNames.extension(name), n));
      NamedDocuments documents = documents(target, companions);
      if (!Publication.isFreeFor(recording, target) || !documents.areNamesFree()) {
        continue;
      }
      if (documents.publish() && Publication.moveOutIfFree(recording, target)) {
        return target;
      }
      documents.withdraw();
    }
    throw new FileAlreadyExistsException(folder.resolve(name).toString());
  }

  private static NamedDocuments documents(Path target, List<Output> companions) {
    String stem = FileNames.text(target);
    return new NamedDocuments(
        companions.stream().map(Output::file).toList(),
        companions.stream()
            .map(output -> target.resolveSibling(FileNames.numbered(stem, output.suffix(), 1)))
            .toList());
  }
}
