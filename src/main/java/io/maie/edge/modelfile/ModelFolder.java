package io.maie.edge.modelfile;

import static java.util.Objects.requireNonNull;

import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.result.ModelIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A model on disk whose layout is known.
 *
 * @param path its folder; the folder's name is the model's name in settings and results
 */
public record ModelFolder(Path path, Manifest manifest) {
  /** Names the number format of the weights in a family's settings. */
  public static final String COMPUTE_TYPE_KEY = "compute_type";

  /** The folder's name. */
  public String name() {
    return String.valueOf(path.getFileName());
  }

  /**
   * The file that the family's settings name under {@code key}.
   *
   * @throws ProcessingException {@code MODEL_LOAD_ERROR} if the key is missing or names a file that
   *     the manifest does not list
   */
  public Path file(ManifestSection settings, String key) throws ProcessingException {
    return path.resolve(listedName(settings, key));
  }

  /**
   * Does what reads this model's files. Where that fails, it is the model that cannot be used, and
   * not the fault of a recording.
   *
   * @throws ProcessingException {@code MODEL_LOAD_ERROR}
   */
  public <T> T reading(Reading<T> reading) throws ProcessingException {
    try {
      return reading.read();
    } catch (IOException e) {
      throw new ProcessingException(
          FailureCode.MODEL_LOAD_ERROR,
          "Cannot read the files of model '%s': %s".formatted(name(), e),
          "Check the disk, or install the model again with 'models import'",
          e);
    }
  }

  /** Reads something from files. */
  @FunctionalInterface
  public interface Reading<T> {
    T read() throws ProcessingException, IOException;
  }

  /**
   * The identity by which results name this model.
   *
   * @param checkpointHash of the files that make the difference
   * @param params by which it decodes
   */
  public ModelIdentity identity(
      String checkpointHash, String computeType, Map<String, Object> params) {
    return new ModelIdentity(name(), manifest.version(), checkpointHash, computeType, params);
  }

  /** The identity of a model of one file, which {@code settings} name under {@code key}. */
  public ModelIdentity identity(ManifestSection settings, String key) throws ProcessingException {
    return identity(
        checkpointHash(settings, key), settings.textOr(COMPUTE_TYPE_KEY, "fp32"), Map.of());
  }

  /** {@code sha256:} and the checksum of the file that {@code settings} name under {@code key}. */
  public String checkpointHash(ManifestSection settings, String key) throws ProcessingException {
    String name = listedName(settings, key);
    return "sha256:" + requireNonNull(manifest.files().get(name), "listed").sha256();
  }

  private String listedName(ManifestSection settings, String key) throws ProcessingException {
    String name = settings.text(key);
    if (!manifest.files().containsKey(name)) {
      throw settings.invalid(key, "one of the model's files " + manifest.files().keySet());
    }
    return name;
  }

  /** Returns whether {@code name} is a relative path with slashes that stays inside its folder. */
  static boolean isSafeName(String name) {
    return !name.isEmpty()
        && name.chars().noneMatch(c -> c == '\\' || c == ':' || Character.isISOControl(c))
        && List.of(name.split("/", -1)).stream()
            .noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
  }
}
