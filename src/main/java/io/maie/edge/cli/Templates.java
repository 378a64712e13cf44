package io.maie.edge.cli;

import io.maie.edge.text.template.CheckedTemplate;
import io.maie.edge.text.template.Template;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The templates of summaries in an installation. */
public interface Templates {

  /** All of them, read and checked, in order of their ids. */
  List<CheckedTemplate> list() throws IOException;

  /**
   * A template that is fit for use.
   *
   * @throws CommandException if there is no such template, or something is wrong with it
   */
  Template show(String id) throws CommandException, IOException;

  /**
   * Copies a template under another id; the copy appears whole or not at all.
   *
   * @return its folder
   * @throws CommandException if the id is taken or cannot be one, or if the original is not fit
   */
  Path create(String id, String original) throws CommandException, IOException;
}
