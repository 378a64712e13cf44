package io.maie.edge.config;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Settings of the local API.
 *
 * @param key the key that is set, if one is
 * @param keyFile the file that holds keys, if one is set
 * @param names by which clients may call the device
 */
public record HttpSettings(
    boolean isEnabled,
    String address,
    int port,
    Optional<String> key,
    Optional<Path> keyFile,
    List<String> names,
    boolean allowsPlain,
    long maxUploadBytes,
    int maxQueue,
    boolean publishesToOutbox,
    List<String> corsOrigins,
    Optional<Path> certificate,
    Optional<Path> certificateKey) {
  public HttpSettings {
    requireNonNull(address, "address is null");
    requireNonNull(key, "key is null");
    requireNonNull(keyFile, "keyFile is null");
    names = List.copyOf(names);
    corsOrigins = List.copyOf(corsOrigins);
    requireNonNull(certificate, "certificate is null");
    requireNonNull(certificateKey, "certificateKey is null");
  }

  /** Never the key. */
  @Override
  public String toString() {
    return "HttpSettings[" + address + ":" + port + "]";
  }
}
