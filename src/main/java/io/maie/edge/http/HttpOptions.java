package io.maie.edge.http;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * Options of the local API.
 *
 * @param address to listen at, a literal such as {@code 127.0.0.1}
 * @param port 0 = any free one
 * @param keys any of them lets a client in; read again while the program runs
 * @param names by which clients may call the device, besides its loopback and its address
 * @param maxUploadBytes of one recording
 * @param maxQueue most tasks sent to the API that have not ended
 * @param minFreeBytes the space that an upload must leave on the disk of the work folder
 * @param publishesToOutbox whether results appear in the outbox as well
 * @param corsOrigins places whose pages may ask with a key, such as {@code https://notes.example}
 * @param tls with what connections are encrypted; empty = they are not
 */
public record HttpOptions(
    String address,
    int port,
    KeySource keys,
    List<String> names,
    long maxUploadBytes,
    int maxQueue,
    long minFreeBytes,
    boolean publishesToOutbox,
    List<String> corsOrigins,
    Optional<TlsFiles> tls) {
  public HttpOptions {
    requireNonNull(address, "address is null");
    requireNonNull(keys, "keys is null");
    names = List.copyOf(names);
    corsOrigins = List.copyOf(corsOrigins);
    requireNonNull(tls, "tls is null");
  }
}
