package io.maie.edge.spool;

import static java.util.Objects.requireNonNull;

import io.maie.edge.durable.FileNames;
import io.maie.edge.durable.FirstFreeName;
import io.maie.edge.durable.HeldFolder;
import io.maie.edge.durable.NameRules;
import io.maie.edge.durable.NameSeries;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The folder where results appear.
 *
 * <p>File contract: an observer sees each document complete or not at all, never overwritten, and
 * the last one of a list only when all others are there. All documents of one list carry the same
 * number: {@code talk.wav.txt} and {@code talk.wav.json}, or {@code talk.wav~2.txt} and {@code
 * talk.wav~2.json}. A name that the folder cannot hold becomes a safe one ({@link
 * FolderIdentity#names}). After a crash the same call completes what is missing.
 */
public final class Outbox {
  private final Path root;
  private final FolderIdentity identity;

  /** A folder that is used as it is found. */
  public Outbox(Path root) {
    this(KnownFolders.forgetful().output("outbox", root));
  }

  /** A folder to which nothing is written while its disk is away. */
  public Outbox(FolderIdentity identity) {
    this.identity = requireNonNull(identity, "identity is null");
    this.root = identity.folder();
  }

  public Path folder() {
    return root;
  }

  /**
   * Publishes the documents of a recording in the given order.
   *
   * @param relative the recording below the inbox; its sub-folder is mirrored
   * @return their paths, in the same order
   */
  public List<Path> publish(Path relative, List<Output> outputs) throws IOException {
    identity.require();
    NameRules names = identity.names();
    Path folder = new Subfolders(names).mirrored(root, relative);
    String stem = FileNames.text(relative);
    try (HeldFolder into = HeldFolder.below(root, folder)) {
      List<Path> documents = into.run(held -> publish(held, stem, outputs, names));
      return documents.stream().map(document -> folder.resolve(document.getFileName())).toList();
    }
  }

  private static List<Path> publish(Path folder, String stem, List<Output> outputs, NameRules names)
      throws IOException {
    List<Path> files = outputs.stream().map(Output::file).toList();
    return FirstFreeName.take(
        folder.resolve(stem),
        number -> {
          List<Path> targets =
              outputs.stream()
                  .map(
                      output ->
                          folder.resolve(names.name(new NameSeries(stem, output.suffix()), number)))
                  .toList();
          NamedDocuments documents = new NamedDocuments(files, targets);
          return documents.areNamesFree() && documents.publish()
              ? Optional.of(targets)
              : Optional.empty();
        });
  }

  /**
   * The path below the outbox under which a document of a recording is published first, with {@code
   * /} between folders, where the outbox cannot hold the one that it would have.
   *
   * @param suffix of the document, such as {@code .json}
   */
  public Optional<String> safePath(Path relative, String suffix) {
    return new Subfolders(identity.names()).safePath(relative, suffix);
  }
}
