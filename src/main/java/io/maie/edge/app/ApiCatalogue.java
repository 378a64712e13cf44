package io.maie.edge.app;

import io.maie.edge.asr.InstalledRecognizers;
import io.maie.edge.asr.RecognizerWish;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.http.Catalogue;
import io.maie.edge.modelfile.ListedModel;
import io.maie.edge.modelfile.ModelListing;
import io.maie.edge.request.RecordingParameters;
import io.maie.edge.text.template.CheckedTemplate;
import io.maie.edge.text.template.TemplateFolders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The models and templates of this installation as the local API shows them. */
final class ApiCatalogue implements Catalogue {
  private final ModelListing listing;
  private final InstalledRecognizers recognizers;
  private final List<Path> templates;

  /**
   * A catalogue.
   *
   * @param configFolders the folders that templates are looked for in, strongest first; each may
   *     not exist
   */
  ApiCatalogue(ModelListing listing, InstalledRecognizers recognizers, List<Path> configFolders) {
    this.listing = listing;
    this.recognizers = recognizers;
    this.templates = configFolders.stream().map(folder -> folder.resolve("templates")).toList();
  }

  @Override
  public List<ListedModel> models() throws IOException {
    return listing.list();
  }

  @Override
  public void requireRecognizer(RecordingParameters parameters) throws ProcessingException {
    recognizers.require(RecognizerWish.of(parameters));
  }

  @Override
  public List<CheckedTemplate> templates() throws IOException {
    return new TemplateFolders(templates).read();
  }
}
