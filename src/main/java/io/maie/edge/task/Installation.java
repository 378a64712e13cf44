package io.maie.edge.task;

import io.maie.edge.result.RuntimeEnvironment;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Facts that every result names besides its models.
 *
 * @param version of this program
 * @param engines tells all that shapes results besides recording and parameters: programs, models,
 *     settings; asked at the beginning of each attempt; empty = nobody can say
 */
public record Installation(
    String version, RuntimeEnvironment runtime, Supplier<Optional<String>> engines) {}
