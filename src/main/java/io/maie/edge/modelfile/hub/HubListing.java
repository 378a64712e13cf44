package io.maie.edge.modelfile.hub;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Content of a repository at one commit.
 *
 * @param license as the repository declares it; may be empty
 * @param files by path
 */
record HubListing(String commit, String license, SortedMap<String, HubFile> files) {

  HubListing {
    requireNonNull(commit, "commit is null");
    requireNonNull(license, "license is null");
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
  }
}
