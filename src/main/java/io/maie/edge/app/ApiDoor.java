package io.maie.edge.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.maie.edge.cli.CommandException;
import io.maie.edge.cli.ExitCode;
import io.maie.edge.config.HttpSettings;
import io.maie.edge.config.Settings;
import io.maie.edge.http.ApiParts;
import io.maie.edge.http.ApiServer;
import io.maie.edge.http.Catalogue;
import io.maie.edge.http.HttpOptions;
import io.maie.edge.http.KeySource;
import io.maie.edge.http.Processing;
import io.maie.edge.http.TlsFiles;
import io.maie.edge.request.RecordingParameters;
import io.maie.edge.spool.RecordingFolder;
import io.maie.edge.task.ApiTasks;
import io.maie.edge.task.CancelRequest;
import io.maie.edge.task.KeptRecordings;
import io.maie.edge.task.RequestFolder;
import io.maie.edge.task.Retries;
import io.maie.edge.task.RunningTask;
import io.maie.edge.task.StoredResults;
import io.maie.edge.task.Task;
import io.maie.edge.task.TaskIds;
import io.maie.edge.task.TaskSettings;
import io.maie.edge.telemetry.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the local API together from the settings and connects it with the daemon. */
final class ApiDoor implements Processing {
  private static final Logger LOG = LoggerFactory.getLogger(ApiDoor.class);
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1");
  private static final int LEAST_KEY_LENGTH = 32;
  private static final int KEY_BYTES = 24;
  private static final String KEY_NAME = "api-key";

  private final DaemonAssembly.Assembled assembled;
  private final RequestFolder requests;
  private final TaskIds ids;
  private final Supplier<TaskSettings> taskSettings;

  private ApiDoor(
      DaemonAssembly.Assembled assembled,
      RequestFolder requests,
      TaskIds ids,
      Supplier<TaskSettings> taskSettings) {
    this.assembled = assembled;
    this.requests = requests;
    this.ids = ids;
    this.taskSettings = taskSettings;
  }

  /**
   * A server that does not listen yet.
   *
   * @throws CommandException if the settings do not allow it
   */
  static ApiServer open(
      Settings settings,
      DaemonAssembly.Assembled assembled,
      Supplier<TaskSettings> taskSettings,
      Catalogue catalogue)
      throws CommandException, IOException {
    HttpSettings http = settings.http();
    Optional<TlsFiles> tls = tls(http);
    Path state = settings.folders().state();
    TaskIds ids = new TaskIds(SystemTime.clock().wall(), new SecureRandom());
    List<String> names = new ArrayList<>(http.names());
    names.add(http.address());
    // a mistake is printed with its remedy now; later ones are only logged
    LOG.debug("Found keys of the API; count={}", keys(http, state).size());
    KeySource keys = () -> readAgain(http, state);
    HttpOptions options =
        new HttpOptions(
            http.address(),
            http.port(),
            keys,
            names,
            http.maxUploadBytes(),
            http.maxQueue(),
            settings.disk().minFreeBytes(),
            http.publishesToOutbox(),
            http.corsOrigins(),
            tls);
    KeptRecordings recordings =
        new KeptRecordings(
            assembled.store(),
            new RecordingFolder(settings.folders().archive()),
            new RecordingFolder(settings.folders().failed()));
    ApiParts parts =
        new ApiParts(
            new ApiTasks(assembled.store(), ids, SystemTime.clock().wall()),
            new StoredResults(state),
            recordings,
            new Retries(assembled.store(), ids, recordings, SystemTime.clock().wall()),
            new ApiDoor(assembled, new RequestFolder(state), ids, taskSettings),
            catalogue,
            SystemTime.clock().ticker());
    return server(options, parts);
  }

  private static ApiServer server(HttpOptions options, ApiParts parts) throws CommandException {
    try {
      return ApiServer.of(options, parts);
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.CONFIGURATION,
          "The API cannot encrypt connections: " + e.getMessage(),
          "Correct http.tls_certificate and http.tls_key",
          e);
    }
  }

  /** The files of the certificate, which only the loopback and trusted networks do without. */
  static Optional<TlsFiles> tls(HttpSettings http) throws CommandException {
    if (http.certificate().isPresent() != http.certificateKey().isPresent()) {
      throw new CommandException(
          ExitCode.CONFIGURATION,
          "Expected both or none of http.tls_certificate and http.tls_key, found one",
          "Set the other one as well");
    }
    boolean isOpen = !LOOPBACK.contains(http.address()) && !http.allowsPlain();
    if (http.certificate().isEmpty() && isOpen) {
      throw new CommandException(
          ExitCode.CONFIGURATION,
          "The API would listen beyond this device, at " + http.address() + ", without encryption",
          "Set http.tls_certificate and http.tls_key, or http.allow_plain if the network is"
              + " trusted");
    }
    return http.certificate()
        .flatMap(certificate -> http.certificateKey().map(key -> new TlsFiles(certificate, key)));
  }

  /** Keys of the settings and of their file; without any, a key of its own, made if need be. */
  static List<String> keys(HttpSettings http, Path state) throws CommandException, IOException {
    List<String> keys = new ArrayList<>();
    http.key().ifPresent(keys::add);
    Optional<Path> file = http.keyFile();
    if (file.isPresent()) {
      keys.addAll(linesOf(file.get()));
    }
    if (keys.isEmpty()) {
      Path own = state.resolve(KEY_NAME);
      if (Files.notExists(own, LinkOption.NOFOLLOW_LINKS)) {
        make(own);
        LOG.info("Made a key of the API in '{}'", own);
      }
      keys.addAll(linesOf(own));
    }
    if (keys.isEmpty() || keys.stream().anyMatch(key -> key.length() < LEAST_KEY_LENGTH)) {
      throw new CommandException(
          ExitCode.CONFIGURATION,
          "Expected keys of the API with " + LEAST_KEY_LENGTH + " characters or more",
          "Correct http.api_key or the lines of http.api_key_file");
    }
    return keys;
  }

  private static List<String> readAgain(HttpSettings http, Path state) throws IOException {
    try {
      return keys(http, state);
    } catch (CommandException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static List<String> linesOf(Path file) throws CommandException {
    try {
      return Files.readAllLines(file, UTF_8).stream()
          .map(String::strip)
          .filter(line -> !line.isEmpty())
          .toList();
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.CONFIGURATION,
          "The keys of the API cannot be read: " + e,
          "Let the program read '" + file + "', or correct http.api_key_file",
          e);
    }
  }

  private static void make(Path file) throws IOException {
    byte[] random = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(random);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, HexFormat.of().formatHex(random) + "\n", StandardOpenOption.WRITE);
  }

  @Override
  public Status status() {
    return assembled.daemon().status();
  }

  @Override
  public Optional<RunningTask> running() {
    return assembled.runner().running();
  }

  @Override
  public RecordingParameters defaults() {
    return taskSettings.get().defaults();
  }

  @Override
  public void accept(Task task) {
    assembled.daemon().accept(task);
  }

  @Override
  public void cancel(CancelRequest request) throws IOException {
    requests.submit(ids.next(), request);
  }
}
