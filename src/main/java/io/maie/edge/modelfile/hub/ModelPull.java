package io.maie.edge.modelfile.hub;

import static java.util.Objects.requireNonNull;

import io.maie.edge.amount.Amounts;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.modelfile.FileListing;
import io.maie.edge.modelfile.ImportLimits;
import io.maie.edge.modelfile.InstalledModel;
import io.maie.edge.modelfile.ModelAdmission;
import io.maie.edge.modelfile.ModelOrigin;
import io.maie.edge.modelfile.PublishedParts;
import io.maie.edge.modelfile.WhisperParts;
import io.maie.edge.progress.TransferProgress;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;

/**
 * Brings a published model into {@code models/}.
 *
 * <p>File contract: files gather in a hidden folder beside the models and become a model by one
 * rename, with the lock written just before. After a pull that ended early, a later one of the same
 * name continues with the files that came and can be verified; nothing else stays visible.
 */
public final class ModelPull {
  /** Nobody comes back to an older one. */
  private static final Duration ABANDONED = Duration.ofDays(14);

  private static final Pattern TERMS =
      Pattern.compile("(?i)(licen[cs]e|notice|copying)(\\.(md|txt))?");

  private final ModelAdmission admission;
  private final HubOptions options;
  private final PublishedModels known;
  private final HubTime time;

  /**
   * A pull.
   *
   * @param admission knows where models lie and which of several graphs to fetch
   * @param known whose licences are known where repositories declare none
   */
  public ModelPull(
      ModelAdmission admission, HubOptions options, PublishedModels known, HubTime time) {
    this.admission = requireNonNull(admission, "admission is null");
    this.options = requireNonNull(options, "options is null");
    this.known = requireNonNull(known, "known is null");
    this.time = requireNonNull(time, "time is null");
  }

  /**
   * Pulls {@code model}.
   *
   * @param name the folder to make under {@code models/}
   * @throws FileAlreadyExistsException if there is a model of that name
   * @throws ProcessingException {@code MODEL_LOAD_ERROR} if the repository holds no usable model
   * @throws HubException if the hub is at fault, or somebody else pulls it, or the disk is full
   */
  public InstalledModel pull(ModelReference model, String name, TransferProgress progress)
      throws ProcessingException, IOException {
    requireSecrecy();
    admission.requireFree(name);
    try (PullStaging staging = PullStaging.open(admission.models(), name)) {
      // the last holder of the lock may have made the model
      admission.requireFree(name);
      admission.removeAbandoned(PullStaging.PREFIX, ABANDONED, staging.folder());
      HubSession session =
          new HubSession(options, new HubConnection(options), time.sleeper(), progress);
      Repository repository = new Repository(model, new HubClient(session).list(model));
      return pull(new Transfer(repository, session, staging), name);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("The pull was interrupted; the fetched part is kept");
    }
  }

  private void requireSecrecy() throws HubException {
    if (options.token().isPresent() && !options.address().keepsSecrets()) {
      throw new HubException(
          HubException.Kind.REFUSED,
          "Expected an https address to send a token to, found '%s'".formatted(options.address()),
          "Use https, or unset HF_TOKEN");
    }
  }

  private InstalledModel pull(Transfer transfer, String name)
      throws ProcessingException, IOException, InterruptedException {
    Repository repository = transfer.repository();
    PullStaging staging = transfer.staging();
    List<String> parts = PublishedParts.among(repository.listed(), admission.preference());
    try {
      List<HubFile> files = plan(transfer, repository.wanted(parts));
      staging.prepare(files);
      requireSpace(staging, files);
      transfer.fetch(files);
      InstalledModel installed = admission.admit(staging.model(), name, origin(repository));
      staging.remove();
      return installed;
    } catch (ProcessingException e) {
      // it would not be more usable next time
      staging.remove();
      throw e;
    }
  }

  /**
   * The description of an encoder-decoder names its family, and the family decides what to fetch.
   */
  private List<HubFile> plan(Transfer transfer, List<HubFile> likely)
      throws ProcessingException, IOException, InterruptedException {
    if (!PublishedParts.areOfEncoderDecoder(likely.stream().map(HubFile::path).toList())) {
      return likely;
    }
    Repository repository = transfer.repository();
    PullStaging staging = transfer.staging();
    FileListing files = repository.listed();
    // parts of an earlier pull stay, whichever family it was of
    staging.prepare(repository.wanted(PublishedParts.ofAnyFamily(files, admission.preference())));
    requireSpace(staging, likely);
    HubFile description = repository.file(WhisperParts.CONFIG);
    if (!isThere(description, staging)) {
      transfer.bring(description, bytes -> {});
    }
    return repository.wanted(
        PublishedParts.described(staging.model(), files, admission.preference()));
  }

  /** A published model, and what is in it. */
  private record Repository(ModelReference model, HubListing listing) {

    FileListing listed() {
      return new FileListing(
          listing.files().keySet(), "the repository '" + model.repository() + "'");
    }

    /** The files to fetch in order to have some parts, with the terms of use. */
    List<HubFile> wanted(List<String> parts) throws HubException {
      List<String> paths = new ArrayList<>(parts);
      listing.files().keySet().stream()
          .filter(path -> TERMS.matcher(path).matches())
          .forEach(paths::add);
      List<HubFile> files = paths.stream().map(this::file).toList();
      long bytes = bytes(files);
      if (bytes > ImportLimits.MOST_BYTES) {
        throw HubException.hostile(
            "Expected at most %d bytes in all from '%s', found %d"
                .formatted(ImportLimits.MOST_BYTES, model.repository(), bytes));
      }
      return files;
    }

    HubFile file(String path) {
      return requireNonNull(listing.files().get(path), "chosen among the listed");
    }
  }

  private static long bytes(List<HubFile> files) {
    return files.stream().mapToLong(HubFile::bytes).sum();
  }

  /** Files of a repository on their way into the staging folder. */
  private record Transfer(Repository repository, HubSession session, PullStaging staging) {

    void fetch(List<HubFile> files) throws ProcessingException, IOException, InterruptedException {
      session.progress().planned(files.size(), bytes(files));
      long before = 0;
      for (HubFile file : files) {
        if (!isThere(file, staging)) {
          long sofar = before;
          bring(file, bytes -> session.progress().reached(sofar + bytes));
        }
        before += file.bytes();
        session.progress().reached(before);
      }
    }

    /**
     * Brings one file.
     *
     * @param reached told how many of its bytes are there
     */
    void bring(HubFile file, LongConsumer reached)
        throws ProcessingException, IOException, InterruptedException {
      HubAddress hub = session.options().address();
      String commit = repository.listing().commit();
      URI address = hub.file(repository.model(), commit, file.path());
      new FileDownload(session, address, file, reached).completeInto(staging.part(file));
      staging.finish(file);
    }
  }

  private void requireSpace(PullStaging staging, List<HubFile> files) throws IOException {
    long missing = 0;
    for (HubFile file : files) {
      missing += file.bytes() - sizeOf(staging.finished(file)) - sizeOf(staging.part(file));
    }
    long usable = Files.getFileStore(admission.models()).getUsableSpace();
    if (missing > usable - options.marginBytes()) {
      throw new HubException(
          HubException.Kind.DISK_FULL,
          "Expected %s of free disk space and %s to spare, found %s: '%s'"
              .formatted(
                  Amounts.bytes(Math.max(0, missing)),
                  Amounts.bytes(options.marginBytes()),
                  Amounts.bytes(usable),
                  admission.models()),
          "Free some space, or choose a smaller model: maie-edge models catalog");
    }
  }

  private static long sizeOf(Path file) throws IOException {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? Files.size(file) : 0;
  }

  /** Returns whether an earlier pull brought this very file; if it is another one, it goes. */
  private static boolean isThere(HubFile file, PullStaging staging) throws IOException {
    Path finished = staging.finished(file);
    if (!Files.exists(finished, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(finished, StandardOpenOption.READ)) {
      FileDigest digest = new FileDigest(file);
      digest.addAll(channel);
      digest.requireDeclared();
      return true;
    } catch (HubException e) {
      Files.delete(finished);
      return false;
    }
  }

  private ModelOrigin origin(Repository origin) {
    String declared = origin.listing().license();
    String repository = origin.model().repository();
    return ModelOrigin.hub(
        options.address().toString(),
        repository,
        origin.listing().commit(),
        declared.isEmpty()
            ? known.of(repository).map(PublishedModel::license).orElse("")
            : declared,
        time.clock().instant());
  }
}
