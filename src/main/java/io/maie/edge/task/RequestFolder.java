package io.maie.edge.task;

import static java.util.Objects.requireNonNull;

import io.maie.edge.durable.DurableFiles;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The meeting point of commands and the daemon: each request is one small file in {@code
 * state/requests/}.
 *
 * <p>File contract: a request appears whole, and is removed when the daemon has read it. A daemon
 * that crashes in between may carry it out twice or, at worst, not at all; each is harmless, since
 * the operator sees in the status what happened.
 */
public final class RequestFolder {
  private static final int SCHEMA_VERSION = 1;
  private static final String SUFFIX = ".json";
  private static final int MOST_BYTES = 64 * 1024;

  private final Path folder;

  public RequestFolder(Path state) {
    this.folder = requireNonNull(state, "state is null").resolve("requests");
  }

  /**
   * Files a request.
   *
   * @param id sorts after those of earlier requests; see {@link TaskIds}
   */
  public void submit(String id, CancelRequest request) throws IOException {
    DurableFiles.createDirectories(folder);
    DurableFiles.writeAtomically(
        folder.resolve(id + SUFFIX), TaskJson.document(request, SCHEMA_VERSION));
  }

  /**
   * Reads and removes all requests, in their order; what is no request is removed too. A request
   * that cannot be removed is not carried out, since it would be carried out again and again.
   *
   * @param complaints hears of each entry that is no request, or cannot be removed
   */
  public List<CancelRequest> take(Consumer<String> complaints) {
    List<CancelRequest> requests = new ArrayList<>();
    try {
      for (Path file : files()) {
        take(file, complaints).ifPresent(requests::add);
      }
    } catch (IOException e) {
      complaints.accept("Listing '" + folder + "' failed: " + e);
    }
    return requests;
  }

  private static Optional<CancelRequest> take(Path file, Consumer<String> complaints) {
    Optional<CancelRequest> request = Optional.empty();
    try {
      request = Optional.of(read(file));
    } catch (IOException e) {
      complaints.accept("Ignored '" + file + "', which is no request: " + e);
    }
    try {
      Files.deleteIfExists(file);
      return request;
    } catch (IOException e) {
      complaints.accept("Ignored '" + file + "', which cannot be removed: " + e);
      return Optional.empty();
    }
  }

  private static CancelRequest read(Path file) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > MOST_BYTES) {
      throw new IOException("expected a small regular file");
    }
    return TaskJson.read(Files.readAllBytes(file), CancelRequest.class, SCHEMA_VERSION);
  }

  private List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    if (!Files.isDirectory(folder)) {
      return files;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      entries.forEach(files::add);
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    files.sort(Comparator.comparing(file -> String.valueOf(file.getFileName())));
    return files;
  }
}
