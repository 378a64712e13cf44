package io.maie.edge.modelfile.hub;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Address of a hub.
 *
 * @param base its address without a slash at the end
 */
public record HubAddress(URI base) {

  /** The hub that most open models are published on. */
  public static final HubAddress HUGGING_FACE = parse("https://huggingface.co");

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  public HubAddress {
    requireNonNull(base, "base is null");
    boolean isWeb = "https".equals(base.getScheme()) || "http".equals(base.getScheme());
    boolean isPlain =
        base.getUserInfo() == null && base.getQuery() == null && base.getFragment() == null;
    if (!isWeb || base.getHost() == null || !isPlain) {
      throw new IllegalArgumentException(
          "expected an address such as https://huggingface.co, found '"
              + withoutPassword(base.toString())
              + "'");
    }
  }

  /** Reads an address as people write it; throws {@link IllegalArgumentException} if it is none. */
  public static HubAddress parse(String text) {
    return new HubAddress(URI.create(text.strip().replaceAll("/+$", "")));
  }

  /** {@code text} as it may be shown, should somebody have written a name and password into it. */
  public static String withoutPassword(String text) {
    return text.replaceFirst("//[^/]*@", "//[redacted]@");
  }

  /** The address at which the hub names the commit of a branch, tag or commit. */
  URI revision(ModelReference model) {
    return api(model, "revision/" + encode(model.revision()));
  }

  /** The address at which the hub lists the files of a commit. */
  URI tree(ModelReference model, String commit) {
    return URI.create(api(model, "tree/" + encode(commit)) + "?recursive=true");
  }

  /** The address of a file of a commit. */
  URI file(ModelReference model, String commit, String path) {
    String encoded =
        Stream.of(path.split("/", -1)).map(HubAddress::encode).collect(Collectors.joining("/"));
    return URI.create(base + "/" + model.repository() + "/resolve/" + commit + "/" + encoded);
  }

  private URI api(ModelReference model, String state) {
    return URI.create(base + "/api/models/" + model.repository() + "/" + state);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /**
   * Returns whether {@code other} is answered by the same server: then it may see what this one
   * may.
   */
  boolean isOriginOf(URI other) {
    return base.getScheme().equals(other.getScheme())
        && base.getHost().equalsIgnoreCase(other.getHost())
        && port(base) == port(other);
  }

  private static int port(URI address) {
    boolean isUsual = address.getPort() < 0;
    return isUsual ? ("https".equals(address.getScheme()) ? 443 : 80) : address.getPort();
  }

  /** Returns whether the connection is encrypted, or stays on this machine. */
  boolean keepsSecrets() {
    return base.getScheme().equals("https") || LOOPBACK.contains(base.getHost());
  }

  @Override
  public String toString() {
    return base.toString();
  }
}
