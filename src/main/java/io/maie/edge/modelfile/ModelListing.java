package io.maie.edge.modelfile;

import static java.util.Objects.requireNonNull;

import io.maie.edge.failure.ProcessingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The models of this installation as people see them. */
public final class ModelListing {
  private final ModelCatalog catalog;
  private final List<ModelWish> wishes;

  /**
   * A listing.
   *
   * @param wishes the wishes of a recording that names no model, one for each task
   */
  public ModelListing(ModelCatalog catalog, List<ModelWish> wishes) {
    this.catalog = requireNonNull(catalog, "catalog is null");
    this.wishes = List.copyOf(wishes);
  }

  /** All of them, in order of name; files that did not change are not read again. */
  public List<ListedModel> list() throws IOException {
    return lines(catalog.list());
  }

  /** All of them, every file read in full and compared with its checksum. */
  public List<ListedModel> verify() throws IOException {
    return lines(catalog.verify());
  }

  /** The line of a model that has just come. */
  public ListedModel line(InstalledModel model) throws IOException {
    return list().stream()
        .filter(line -> line.name().equals(model.name()))
        .findFirst()
        .orElseThrow(() -> new IOException("'" + model.path() + "' vanished"));
  }

  private List<ListedModel> lines(List<InstalledModel> installed) {
    Map<Path, String> choices = choices();
    List<ListedModel> lines = new ArrayList<>();
    for (InstalledModel model : installed) {
      lines.add(line(model, choices.getOrDefault(model.path(), "")));
    }
    return lines;
  }

  /** Gives the reason for which each chosen model was chosen, by its folder. */
  private Map<Path, String> choices() {
    Map<Path, String> choices = new HashMap<>();
    for (ModelWish wish : wishes) {
      chosen(wish).ifPresent(model -> choices.put(model.folder().path(), model.reason()));
    }
    return choices;
  }

  /** The model that {@code wish} gets; empty on failure, since each line gives its reason. */
  private Optional<ChosenModel> chosen(ModelWish wish) {
    try {
      return Optional.of(catalog.explained(wish));
    } catch (ProcessingException e) {
      return Optional.empty();
    }
  }

  private static String remark(InstalledModel model, Manifest manifest) {
    String restriction = "used only where it is named, since its licence restricts its use";
    String description = manifest.description();
    return model.hasFreeLicence()
        ? description
        : description.isEmpty() ? restriction : description + "; " + restriction;
  }

  private static ListedModel line(InstalledModel model, String choice) {
    String state = model.state().kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return model
        .folder()
        .map(ModelFolder::manifest)
        .map(
            manifest ->
                new ListedModel(
                    model.name(),
                    manifest.task().label(),
                    manifest.family(),
                    manifest.version(),
                    manifest.languages(),
                    manifest.bytes(),
                    manifest.license(),
                    manifest.shipped(),
                    choice,
                    state,
                    model.state().reason(),
                    remark(model, manifest)))
        .orElseGet(
            () ->
                new ListedModel(
                    model.name(),
                    "?",
                    "?",
                    "",
                    List.of(),
                    0,
                    "",
                    false,
                    "",
                    state,
                    model.state().reason(),
                    ""));
  }
}
