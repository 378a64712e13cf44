package io.maie.edge.http;

import java.net.http.HttpRequest;

/** Forms as clients write them that are not the usual ones. */
final class OddForms {
  private OddForms() {}

  /** A part with {@code content}; {@code disposition} holds its name and what goes with it. */
  static String part(String disposition, String content) {
    return "--b\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n" + content + "\r\n";
  }

  /** A request to {@code api} that sends {@code parts}. */
  static HttpRequest request(ScratchApi api, String... parts) {
    return whole(api, "multipart/form-data; boundary=b", String.join("", parts) + "--b--\r\n");
  }

  /** A request to {@code api} with a body of its own. */
  static HttpRequest whole(ScratchApi api, String type, String body) {
    return api.keyed("/v1/process")
        .header("Content-Type", type)
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }
}
