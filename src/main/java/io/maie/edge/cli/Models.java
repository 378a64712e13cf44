package io.maie.edge.cli;

import io.maie.edge.modelfile.ListedModel;
import io.maie.edge.modelfile.hub.PublishedModel;
import io.maie.edge.progress.TransferProgress;
import java.io.IOException;
import java.util.List;

/** The models of an installation. */
public interface Models {

  /** All of them, in order of name; files that did not change are not read again. */
  List<ListedModel> list() throws IOException;

  /** All of them, every file read in full and compared with its checksum. */
  List<ListedModel> verify() throws IOException;

  /**
   * Copies a model into the installation; it appears whole or not at all.
   *
   * @throws CommandException if it is no usable model, or the name is taken
   */
  ListedModel importFrom(ImportOrder order) throws CommandException, IOException;

  /** The published models that can be pulled by a short name. */
  List<PublishedModel> catalog() throws IOException;

  /**
   * Fetches a published model over the network; it appears whole or not at all, and what came
   * before a failure is kept for the next attempt.
   *
   * @throws CommandException if it is no usable model, the name is taken, or the hub is at fault
   */
  ListedModel pull(PullOrder order, TransferProgress progress) throws CommandException, IOException;

  /**
   * Prepares the decoder of an installed model for this machine. It can be used at every moment.
   *
   * @param comparing called before a sample is heard, which takes a while
   * @throws CommandException if there is no such model, or the precision is not available
   */
  PreparedModel prepare(PreparationOrder order, Runnable comparing)
      throws CommandException, IOException;
}
