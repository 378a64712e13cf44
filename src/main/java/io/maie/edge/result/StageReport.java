package io.maie.edge.result;

import java.time.Duration;

/**
 * Time that a stage took.
 *
 * @param name its label, such as {@code decode}
 * @param outcome {@code ok}, {@code skipped} or {@code failed}
 */
public record StageReport(String name, Duration duration, String outcome) {}
