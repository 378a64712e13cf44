package io.maie.edge.http;

import java.util.List;

/** The keys that let clients in. Their digests are compared in constant time. */
final class ApiKeys {
  private final List<String> digests;

  ApiKeys(List<String> keys) {
    this.digests = keys.stream().map(Secrets::digest).toList();
  }

  boolean accepts(String key) {
    String digest = Secrets.digest(key);
    boolean isKnown = false;
    for (String known : digests) {
      isKnown |= Secrets.areEqual(known, digest);
    }
    return isKnown;
  }
}
