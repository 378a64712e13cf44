package io.maie.edge.modelfile.hub;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/** Asks a hub for the content of a repository. */
final class HubClient {
  /** A thousand files take about 300 kB. */
  private static final int MOST_ANSWER_BYTES = 8_000_000;

  private static final int MOST_PAGES = 50;
  static final JsonMapper JSON = new JsonMapper();

  private final HubSession session;

  HubClient(HubSession session) {
    this.session = requireNonNull(session, "session is null");
  }

  /**
   * Lists {@code model} as it is now.
   *
   * @throws HubException also if the listing cannot be true
   */
  HubListing list(ModelReference model) throws IOException, InterruptedException {
    String what = "'%s' at '%s'".formatted(model.repository(), model.revision());
    ListingReader reader = new ListingReader(model.repository());
    JsonNode revision = ask(session.options().address().revision(model), what).content();
    String commit = reader.commit(revision);
    Optional<URI> page = Optional.of(session.options().address().tree(model, commit));
    for (int pages = 0; page.isPresent(); pages++) {
      if (pages == MOST_PAGES) {
        throw HubException.hostile(
            "Expected at most %d pages of files of %s, found more".formatted(MOST_PAGES, what));
      }
      Page listed = ask(page.get(), what);
      reader.add(listed.content());
      page = listed.next();
    }
    return new HubListing(commit, ListingReader.license(revision), reader.files());
  }

  private Page ask(URI address, String what) throws IOException, InterruptedException {
    Retries retries = session.retries();
    while (true) {
      try (HubAnswer answer = session.connection().get(address, 0)) {
        answer.requireSuccess(what);
        return read(answer, what);
      } catch (ConnectionBrokenException e) {
        retries.pauseAfter(e, 0);
      }
    }
  }

  private static Page read(HubAnswer answer, String what) throws IOException {
    byte[] bytes = answer.body().readNBytes(MOST_ANSWER_BYTES + 1);
    if (bytes.length > MOST_ANSWER_BYTES) {
      throw HubException.hostile(
          "Expected at most %d bytes about %s, found more".formatted(MOST_ANSWER_BYTES, what));
    }
    try {
      return new Page(JSON.readTree(bytes), next(answer));
    } catch (JsonProcessingException e) {
      throw new HubException(
          HubException.Kind.UNREACHABLE,
          "Expected JSON about %s, found something else at '%s'".formatted(what, answer.address()),
          "Check the address of the hub: the setting models.hub, or --hub",
          e);
    }
  }

  /**
   * Asks the same server whatever the link says, since mirrors pass on the links of the original.
   */
  private static Optional<URI> next(HubAnswer answer) throws HubException {
    Optional<String> link = answer.header("Link").flatMap(ListingReader::nextPage);
    if (link.isEmpty()) {
      return Optional.empty();
    }
    try {
      URI stated = answer.address().resolve(link.get());
      String query = stated.getRawQuery() == null ? "" : "?" + stated.getRawQuery();
      return Optional.of(answer.address().resolve(requireNonNull(stated.getRawPath()) + query));
    } catch (IllegalArgumentException | NullPointerException e) {
      throw HubException.hostile(
          "Expected the address of the next page, found '%s'".formatted(link.get()));
    }
  }

  /** One answer in JSON, and the address of the next page. */
  private record Page(JsonNode content, Optional<URI> next) {}
}
