package io.maie.edge.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;

/**
 * The files of the page, which hold nothing that is secret. They lie beside this class, in {@code
 * page/}; a name with a slash is none of them.
 */
final class PageFiles {
  private static final Pattern NAME = Pattern.compile("[a-z0-9-]+\\.(html|js|css|json|svg|png)");
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html;charset=utf-8",
          "js", "text/javascript;charset=utf-8",
          "css", "text/css;charset=utf-8",
          "json", "application/json",
          "svg", "image/svg+xml",
          "png", "image/png");

  /**
   * Policy of the page: only its own files and this server. Texts never become elements, as no type
   * is trusted for that.
   */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
          + " media-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none';"
          + " frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

  private static final String PERMISSIONS =
      "microphone=(self), camera=(), geolocation=(), payment=(), usb=()";

  /** Files that were read already, by name. */
  private final Map<String, PageFile> read = new ConcurrentHashMap<>();

  /** A file; {@code tag} changes with its content. */
  @SuppressWarnings("ArrayRecordComponent")
  private record PageFile(byte[] content, String type, String tag) {}

  List<Route> routes() {
    return List.of(Route.get("/{file}", exchange -> send(exchange, exchange.name("file"))).open());
  }

  /**
   * Answers with a file.
   *
   * @throws ProblemException 404 if there is none of that name
   */
  void send(Exchange exchange, String name) throws ProblemException, IOException {
    PageFile file = find(name).orElseThrow(ProblemException::nothingHere);
    exchange.header(new HttpField("Content-Security-Policy", POLICY));
    exchange.header(new HttpField("Permissions-Policy", PERMISSIONS));
    exchange.header(HttpHeader.CACHE_CONTROL, "no-cache");
    exchange.header(HttpHeader.ETAG, file.tag());
    if (exchange.header(HttpHeader.IF_NONE_MATCH).contains(file.tag())) {
      exchange.send(304);
    } else {
      exchange.send(new Answer(200, file.type(), file.content()));
    }
  }

  private Optional<PageFile> find(String name) throws IOException {
    PageFile known = read.get(name);
    Matcher matcher = NAME.matcher(name);
    if (known != null || !matcher.matches()) {
      return Optional.ofNullable(known);
    }
    try (InputStream stream = PageFiles.class.getResourceAsStream("page/" + name)) {
      if (stream == null) {
        return Optional.empty();
      }
      byte[] content = stream.readAllBytes();
      String type = TYPES.getOrDefault(matcher.group(1), "application/octet-stream");
      PageFile file = new PageFile(content, type, '"' + Secrets.digest(content) + '"');
      read.put(name, file);
      return Optional.of(file);
    }
  }
}
