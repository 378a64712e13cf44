package io.maie.edge.result;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * The model that made a result, described precisely enough to make the result again.
 *
 * @param name the folder under {@code models/}
 * @param variant the version or size the publisher gives it
 * @param checkpointHash {@code sha256:} and 64 hexadecimal digits of the model's main file
 * @param computeType {@code fp32}, {@code fp16}, {@code int8} and the like
 * @param decodingParams the settings it decoded with, JSON values
 */
public record ModelIdentity(
    String name,
    String variant,
    String checkpointHash,
    String computeType,
    Map<String, Object> decodingParams) {

  public ModelIdentity {
    requireNonNull(name, "name is null");
    requireNonNull(variant, "variant is null");
    requireNonNull(checkpointHash, "checkpointHash is null");
    requireNonNull(computeType, "computeType is null");
    decodingParams = Map.copyOf(decodingParams);
  }
}
