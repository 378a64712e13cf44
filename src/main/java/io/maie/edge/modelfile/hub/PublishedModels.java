package io.maie.edge.modelfile.hub;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The published models that the program knows by name: a list that ships with it. */
public final class PublishedModels {
  private static final String RESOURCE = "/models/catalogue.json";

  private static final ObjectReader READER =
      HubClient.JSON
          .readerFor(PublishedModel.class)
          .with(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);

  private final List<PublishedModel> models;

  PublishedModels(List<PublishedModel> models) {
    this.models = List.copyOf(models);
  }

  /** Reads the list that ships. */
  public static PublishedModels shipped() throws IOException {
    try (InputStream in = PublishedModels.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IOException("Expected the program to hold '" + RESOURCE + "', found none");
      }
      List<PublishedModel> models = new ArrayList<>();
      for (JsonNode model : HubClient.JSON.readTree(in).path("models")) {
        models.add(READER.readValue(model));
      }
      return new PublishedModels(models);
    }
  }

  /** All of them, small ones first. */
  public List<PublishedModel> all() {
    return models;
  }

  public Optional<PublishedModel> find(String name) {
    return models.stream().filter(model -> model.name().equals(name)).findFirst();
  }

  /** Published facts about a repository. */
  Optional<PublishedModel> of(String repository) {
    return models.stream().filter(model -> model.repository().equals(repository)).findFirst();
  }

  public List<String> names() {
    return models.stream().map(PublishedModel::name).toList();
  }
}
