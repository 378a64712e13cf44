package io.maie.edge.app;

import io.maie.edge.cli.CommandException;
import io.maie.edge.cli.ExitCode;
import io.maie.edge.cli.Templates;
import io.maie.edge.durable.DurableFiles;
import io.maie.edge.schema.DidYouMean;
import io.maie.edge.schema.Problem;
import io.maie.edge.text.template.CheckedTemplate;
import io.maie.edge.text.template.Template;
import io.maie.edge.text.template.TemplateFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.io.file.PathUtils;

/** Operations on the templates of this installation. */
final class TemplateCommands implements Templates {
  private final List<Path> folders;

  /** The folder that receives copies. */
  private final Path own;

  /**
   * The templates of an installation.
   *
   * @param configFolders strongest first, at least one; may not exist. The last is that of the
   *     installation, which an upgrade replaces, so that copies go there only if it is the only one
   */
  TemplateCommands(List<Path> configFolders) {
    folders = configFolders.stream().map(folder -> folder.resolve("templates")).toList();
    Path ofInstallation = folders.get(folders.size() - 1);
    own =
        folders.stream()
            .filter(folder -> !folder.equals(ofInstallation))
            .findFirst()
            .orElse(ofInstallation);
  }

  @Override
  public List<CheckedTemplate> list() throws IOException {
    return new TemplateFolders(folders).read();
  }

  @Override
  public Template show(String id) throws CommandException, IOException {
    return fit(find(id));
  }

  @Override
  public Path create(String id, String original) throws CommandException, IOException {
    if (!TemplateFolders.isId(id)) {
      throw new CommandException(
          ExitCode.USAGE,
          "'" + id + "' cannot be the id of a template",
          "Use at most 64 lower-case letters, digits and '_', with a letter first");
    }
    CheckedTemplate source = find(original);
    fit(source);
    Path target = own.resolve(id);
    if (DurableFiles.exists(target) || list().stream().anyMatch(found -> found.id().equals(id))) {
      throw new CommandException(
          ExitCode.USAGE, "There is a template '" + id + "' already", "Take another id");
    }
    copy(source.folder(), target);
    return target;
  }

  private void copy(Path source, Path target) throws IOException {
    DurableFiles.createDirectories(own);
    Path temporary = DurableFiles.temporaryIn(own);
    try {
      DurableFiles.createDirectories(temporary);
      try (Stream<Path> files = Files.list(source)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          DurableFiles.write(temporary.resolve(file.getFileName()), Files.readAllBytes(file));
        }
      }
      DurableFiles.rename(temporary, target);
    } finally {
      if (Files.exists(temporary)) {
        PathUtils.deleteDirectory(temporary);
      }
    }
  }

  private CheckedTemplate find(String id) throws CommandException, IOException {
    List<CheckedTemplate> all = list();
    return all.stream()
        .filter(checked -> checked.id().equals(id))
        .findFirst()
        .orElseThrow(() -> unknown(id, all.stream().map(CheckedTemplate::id).toList()));
  }

  private static CommandException unknown(String id, List<String> ids) {
    String suggestion = DidYouMean.suggestion(id, ids);
    return new CommandException(
        ExitCode.USAGE,
        "There is no template '" + id + "'" + suggestion,
        "See: maie-edge templates list");
  }

  private static Template fit(CheckedTemplate checked) throws CommandException {
    return checked
        .template()
        .orElseThrow(
            () ->
                new CommandException(
                    ExitCode.CONFIGURATION,
                    checked.problems().stream()
                        .map(Problem::toString)
                        .collect(Collectors.joining("\n")),
                    "Correct the template '" + checked.id() + "'"));
  }
}
