package io.maie.edge.modelfile.hub;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A repository on a hub, at some state of it.
 *
 * @param repository {@code owner/name}
 * @param revision a branch, tag or commit
 */
public record ModelReference(String repository, String revision) {

  /** The branch that publishers keep their newest state on. */
  public static final String NEWEST = "main";

  private static final String WORD = "[A-Za-z0-9][A-Za-z0-9._-]{0,95}";
  private static final Pattern REPOSITORY = Pattern.compile(WORD + "/(" + WORD + ")");
  private static final Pattern REVISION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]{0,127}");
  private static final Pattern WRITTEN = Pattern.compile("([^@]+)(?:@(.+))?");

  public ModelReference {
    requireNonNull(repository, "repository is null");
    requireNonNull(revision, "revision is null");
    require(REPOSITORY, repository, "OWNER/NAME, such as onnx-community/whisper-base");
    require(REVISION, revision, "a branch, tag or commit");
  }

  private static void require(Pattern pattern, String text, String expectation) {
    if (!pattern.matcher(text).matches() || text.contains("..")) {
      throw new IllegalArgumentException("expected " + expectation + ", found '" + text + "'");
    }
  }

  /**
   * Reads {@code NAME[@REVISION]} or {@code OWNER/NAME[@REVISION]}.
   *
   * @param known whose short names can be written instead of a repository
   * @return empty if the name is short and not known
   * @throws IllegalArgumentException if it is neither
   */
  public static Optional<ModelReference> parse(String text, PublishedModels known) {
    Matcher written = WRITTEN.matcher(text);
    if (!written.matches()) {
      throw new IllegalArgumentException("expected NAME or OWNER/NAME, found '" + text + "'");
    }
    String name = written.group(1);
    String revision = Optional.ofNullable(written.group(2)).orElse(NEWEST);
    Optional<String> repository =
        name.contains("/") ? Optional.of(name) : known.find(name).map(PublishedModel::repository);
    return repository.map(found -> new ModelReference(found, revision));
  }

  /** The name without its owner. */
  public String shortName() {
    return repository.substring(repository.indexOf('/') + 1);
  }
}
