package io.maie.edge.task;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.maie.edge.durable.HeldFolder;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.spool.Companions;
import io.maie.edge.spool.Inbox;
import io.maie.edge.spool.Output;
import io.maie.edge.spool.RecordingFolder;
import io.maie.edge.spool.Sidecars;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The recordings in quarantine.
 *
 * <p>File contract: a recording that is tried again moves back to the inbox without overwriting
 * anything, its sidecar before it; then its explanations go. A crash in between leaves explanations
 * without a recording, which the next retry or retention removes.
 */
public final class FailedRecordings {
  private static final Logger LOG = LoggerFactory.getLogger(FailedRecordings.class);
  private static final List<String> EXPLANATIONS = List.of(".error.json", ".error.txt");

  /** Tells in a failure which speech models there were. */
  private static final String MODELS_DETAIL = "installed_models";

  private static final Set<String> WAITING =
      Arrays.stream(FailureCode.values())
          .filter(code -> code.retry() == FailureCode.Retry.WITH_OTHER_MODELS)
          .map(FailureCode::name)
          .collect(Collectors.toUnmodifiableSet());

  private static final Set<String> CODES =
      Arrays.stream(FailureCode.values())
          .map(FailureCode::name)
          .collect(Collectors.toUnmodifiableSet());

  /** An explanation has a few thousand bytes. */
  private static final long MOST_BYTES = 1_000_000;

  private final RecordingFolder failed;
  private final Path root;
  private final Inbox inbox;

  public FailedRecordings(RecordingFolder failed, Inbox inbox) {
    this.failed = requireNonNull(failed, "failed is null");
    this.root = failed.folder();
    this.inbox = requireNonNull(inbox, "inbox is null");
  }

  /** The recordings, below the folder, by name; a sub-folder that cannot be read is left out. */
  public List<Path> list() throws IOException {
    List<Path> found = new ArrayList<>();
    if (Files.isDirectory(root)) {
      // the folder may be a link to one on another disk; links inside are not followed
      Path real = root.toRealPath();
      Files.walkFileTree(real, recordings(real, found));
    }
    return found.stream().sorted().toList();
  }

  private FileVisitor<Path> recordings(Path real, List<Path> found) {
    return new SimpleFileVisitor<>() {
      @Override
      public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        if (attributes.isRegularFile() && isRecording(file)) {
          found.add(real.relativize(file));
        }
        return FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult visitFileFailed(Path file, IOException e) {
        LOG.warn("Skipped '{}', which cannot be read: {}", file, e.toString());
        return FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) {
        return FileVisitResult.CONTINUE;
      }
    };
  }

  private boolean isRecording(Path file) {
    String name = String.valueOf(file.getFileName());
    return !name.startsWith(".")
        && !Sidecars.isSidecar(file)
        && EXPLANATIONS.stream().noneMatch(name::endsWith)
        && !isCompanion(file);
  }

  /** A companion that its folder treats as a recording has an explanation. */
  private boolean isCompanion(Path file) {
    try {
      return Companions.isOne(file) && !Files.exists(failed.beside(file, EXPLANATIONS.get(0)));
    } catch (IOException e) {
      LOG.debug("Reading '{}' failed; it is listed as a recording: {}", file, e.toString());
      return false;
    }
  }

  /**
   * The recordings that {@code wanted} names, below the folder: by path, else by name, else by
   * task.
   */
  public List<Path> find(String wanted) throws IOException {
    List<Path> all = list();
    List<Path> exact = all.stream().filter(path -> path.toString().equals(wanted)).toList();
    if (!exact.isEmpty()) {
      return exact;
    }
    List<Path> named =
        all.stream().filter(path -> path.getFileName().toString().equals(wanted)).toList();
    return named.isEmpty() ? ofTask(all, wanted) : named;
  }

  private List<Path> ofTask(List<Path> all, String taskId) throws IOException {
    List<Path> found = new ArrayList<>();
    for (Path relative : all) {
      Path explanation = failed.beside(root.resolve(relative), EXPLANATIONS.get(0));
      boolean isSmall = Files.exists(explanation) && Files.size(explanation) < MOST_BYTES;
      if (isSmall && Files.readString(explanation).contains('"' + taskId + '"')) {
        found.add(relative);
      }
    }
    return found;
  }

  /**
   * Removes the explanations of a recording that somebody has moved back to the inbox by hand,
   * wherever they lie: people move them along.
   *
   * @param relative its path below the inbox
   */
  public void forget(Path relative) throws IOException {
    Path recording = root.resolve(relative);
    if (Files.notExists(recording, LinkOption.NOFOLLOW_LINKS)) {
      for (String suffix : EXPLANATIONS) {
        Files.deleteIfExists(failed.beside(recording, suffix));
      }
    }
    Path explained = failed.beside(inbox.folder().resolve(relative), EXPLANATIONS.get(0));
    if (isOurs(explained) && isInInbox(explained)) {
      for (String suffix : EXPLANATIONS) {
        Files.deleteIfExists(failed.beside(inbox.folder().resolve(relative), suffix));
      }
    }
  }

  /** A sub-folder may have become a link that leads elsewhere. */
  private boolean isInInbox(Path file) throws IOException {
    Path folder = file.toAbsolutePath().resolveSibling("").toRealPath();
    return folder.startsWith(inbox.folder().toRealPath());
  }

  /** A file of that name in the inbox may be anybody's. */
  private static boolean isOurs(Path explanation) throws IOException {
    return Files.isRegularFile(explanation, LinkOption.NOFOLLOW_LINKS)
        && Files.size(explanation) < MOST_BYTES
        && CODES.contains(explained(explanation).path("code").asText());
  }

  /** Puts every recording back into the inbox; returns their paths there. */
  public List<Path> retryAll() throws IOException {
    List<Path> returned = new ArrayList<>();
    for (Path relative : list()) {
      returned.add(retry(relative));
    }
    return returned;
  }

  /**
   * Puts the recordings back into the inbox that other models may serve; returns their paths.
   *
   * @param installed the speech models that there are now, in the words of the detail {@value
   *     #MODELS_DETAIL} of a failure
   */
  public List<Path> retryWithOtherModels(String installed) throws IOException {
    List<Path> returned = new ArrayList<>();
    for (Path relative : list()) {
      if (waitsForOtherModels(
          failed.beside(root.resolve(relative), EXPLANATIONS.get(0)), installed)) {
        returned.add(retry(relative));
      }
    }
    return returned;
  }

  private static boolean waitsForOtherModels(Path explanation, String installed)
      throws IOException {
    if (!Files.exists(explanation) || Files.size(explanation) >= MOST_BYTES) {
      return false;
    }
    JsonNode error = explained(explanation);
    return WAITING.contains(error.path("code").asText())
        && !error.path("details").path(MODELS_DETAIL).asText().equals(installed);
  }

  /** The failure that an explanation tells of; an empty node if it is none of ours. */
  private static JsonNode explained(Path explanation) throws IOException {
    try {
      return TaskJson.tree(explanation).path("error");
    } catch (JsonProcessingException e) {
      LOG.debug("Skipped '{}': {}", explanation, e.getOriginalMessage());
      return MissingNode.getInstance();
    }
  }

  /**
   * Puts one recording back into the inbox; returns its path there.
   *
   * @param relative its path below the folder for failed recordings
   * @throws NoSuchFileException if it is not there
   */
  public Path retry(Path relative) throws IOException {
    Path recording = root.resolve(relative).normalize();
    if (!recording.startsWith(root.normalize())) {
      throw new IOException(
          "Expected the path of a failed recording below '" + root + "', found '" + relative + "'");
    }
    try (HeldFolder folder = HeldFolder.below(root, recording.resolveSibling(""))) {
      return folder.run(held -> retry(held.resolve(recording.getFileName()), relative));
    }
  }

  /** Puts back the recording that {@code recording} leads to through a folder that is held. */
  private Path retry(Path recording, Path relative) throws IOException {
    if (!Files.isRegularFile(recording, LinkOption.NOFOLLOW_LINKS)) {
      throw new NoSuchFileException(recording.toString());
    }
    Optional<Output> sidecar =
        Optional.of(failed.beside(recording, Sidecars.SUFFIX))
            .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
            .map(file -> new Output(Sidecars.SUFFIX, file));
    List<Path> companions = Companions.of(recording);
    Path returned = inbox.giveBack(recording, relative, sidecar);
    if (sidecar.isPresent()) {
      Files.delete(sidecar.get().file());
    }
    for (String suffix : EXPLANATIONS) {
      Files.deleteIfExists(failed.beside(recording, suffix));
    }
    for (Path companion : companions) {
      if (isCompanion(companion)) {
        inbox.giveBack(
            companion, relative.resolveSibling(companion.getFileName()), Optional.empty());
      }
    }
    return returned;
  }
}
