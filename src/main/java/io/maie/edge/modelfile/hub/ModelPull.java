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
      return pull(model, name, staging, progress);
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

  private InstalledModel pull(
      ModelReference model, String name, PullStaging staging, TransferProgress progress)
      throws ProcessingException, IOException, InterruptedException {
    HubSession session =
        new HubSession(options, new HubConnection(options), time.sleeper(), progress);
    HubListing listing = new HubClient(session).list(model);
    List<String> parts = PublishedParts.among(files(listing, model), admission.preference());
    try {
      Plan plan = plan(new Plan(model, listing, wanted(listing, model, parts)), session, staging);
      staging.prepare(plan.files());
      requireSpace(staging, plan.files());
      fetch(plan, session, staging);
      InstalledModel installed = admission.admit(staging.model(), name, origin(plan));
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
  private Plan plan(Plan likely, HubSession session, PullStaging staging)
      throws ProcessingException, IOException, InterruptedException {
    if (!PublishedParts.areOfEncoderDecoder(likely.paths())) {
      return likely;
    }
    HubListing listing = likely.listing();
    ModelReference model = likely.model();
    FileListing files = files(listing, model);
    // parts of an earlier pull stay, whichever family it was of
    staging.prepare(
        wanted(listing, model, PublishedParts.ofAnyFamily(files, admission.preference())));
    requireSpace(staging, likely.files());
    HubFile description = file(listing, WhisperParts.CONFIG);
    if (!isThere(description, staging)) {
      download(likely, description, session, bytes -> {}).completeInto(staging.part(description));
      staging.finish(description);
    }
    List<String> parts = PublishedParts.described(staging.model(), files, admission.preference());
    return new Plan(model, listing, wanted(listing, model, parts));
  }

  private static FileListing files(HubListing listing, ModelReference model) {
    return new FileListing(listing.files().keySet(), where(model));
  }

  private static List<HubFile> wanted(HubListing listing, ModelReference model, List<String> parts)
      throws HubException {
    List<String> paths = new ArrayList<>(parts);
    listing.files().keySet().stream()
        .filter(path -> TERMS.matcher(path).matches())
        .forEach(paths::add);
    List<HubFile> files = paths.stream().map(path -> file(listing, path)).toList();
    long bytes = files.stream().mapToLong(HubFile::bytes).sum();
    if (bytes > ImportLimits.MOST_BYTES) {
      throw HubException.hostile(
          "Expected at most %d bytes in all from '%s', found %d"
              .formatted(ImportLimits.MOST_BYTES, model.repository(), bytes));
    }
    return files;
  }

  private static HubFile file(HubListing listing, String path) {
    return requireNonNull(listing.files().get(path), "chosen among the listed");
  }

  private static String where(ModelReference model) {
    return "the repository '" + model.repository() + "'";
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

  private static void fetch(Plan plan, HubSession session, PullStaging staging)
      throws ProcessingException, IOException, InterruptedException {
    session.progress().planned(plan.files().size(), plan.bytes());
    long before = 0;
    for (HubFile file : plan.files()) {
      if (!isThere(file, staging)) {
        long sofar = before;
        download(plan, file, session, bytes -> session.progress().reached(sofar + bytes))
            .completeInto(staging.part(file));
        staging.finish(file);
      }
      before += file.bytes();
      session.progress().reached(before);
    }
  }

  private static FileDownload download(
      Plan plan, HubFile file, HubSession session, LongConsumer reached) {
    return new FileDownload(
        session,
        session.options().address().file(plan.model(), plan.listing().commit(), file.path()),
        file,
        reached);
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

  private ModelOrigin origin(Plan plan) {
    String declared = plan.listing().license();
    String repository = plan.model().repository();
    return ModelOrigin.hub(
        options.address().toString(),
        repository,
        plan.listing().commit(),
        declared.isEmpty()
            ? known.of(repository).map(PublishedModel::license).orElse("")
            : declared,
        time.clock().instant());
  }

  /** Planned content of the model, in the order in which it comes. */
  private record Plan(ModelReference model, HubListing listing, List<HubFile> files) {

    List<String> paths() {
      return files.stream().map(HubFile::path).toList();
    }

    long bytes() {
      return files.stream().mapToLong(HubFile::bytes).sum();
    }
  }
}
