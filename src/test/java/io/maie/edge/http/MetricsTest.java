package io.maie.edge.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.Stage;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Figures for monitors, in the text format 0.0.4 of Prometheus: <a
 * href="https://prometheus.io/docs/instrumenting/exposition_formats/">exposition formats</a>.
 */
final class MetricsTest extends ApiScenario {
  private static final Pattern TYPE =
      Pattern.compile("# TYPE ([a-z_]+) (counter|gauge|summary|histogram)");
  private static final Pattern SAMPLE =
      Pattern.compile(
          "([a-z_]+?)(_sum|_count)?"
              + "(\\{[a-z_]+=\"(?:[^\"\\\\\\n]|\\\\[\\\\\"n])*\"})? ([0-9.]+(?:E[0-9]+)?)");

  @Test
  void tasksAreCountedByOutcomeAndCodeAndStagesAreTimed() throws Exception {
    api.finished();
    api.daemon.spool.engines.on(
        Stage.DECODE,
        context -> {
          throw new ProcessingException(FailureCode.UNSUPPORTED_CODEC, "scripted failure");
        });
    api.finished();

    await()
        .untilAsserted(
            () ->
                assertThat(metrics())
                    .contains("maie_tasks_total{outcome=\"published\"} 1\n")
                    .contains("maie_tasks_total{outcome=\"failed\"} 1\n")
                    .contains("maie_task_failures_total{code=\"UNSUPPORTED_CODEC\"} 1\n")
                    .contains("maie_stage_seconds_count{stage=\"decode\"} 1\n")
                    .contains("maie_stage_seconds_sum{stage=\"asr\"} ")
                    .contains("process_resident_memory_bytes "));
  }

  @Test
  void everyLineObeysTheFormat() throws Exception {
    api.finished();
    Set<String> announced = new HashSet<>();
    Set<String> series = new HashSet<>();

    for (String line : metrics().lines().toList()) {
      Matcher type = TYPE.matcher(line);
      Matcher sample = SAMPLE.matcher(line);
      if (type.matches()) {
        assertThat(announced.add(type.group(1))).as("once: " + line).isTrue();
      } else if (!line.startsWith("# HELP ")) {
        assertThat(sample.matches()).as(line).isTrue();
        assertThat(announced).contains(sample.group(1));
        assertThat(series.add(line.substring(0, line.lastIndexOf(' ')))).as(line).isTrue();
      }
    }

    assertThat(series).hasSizeGreaterThan(10);
  }

  private String metrics() throws Exception {
    HttpResponse<String> answer = api.send(api.request("/metrics").build());
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/plain;version=0.0.4");
    return answer.body();
  }
}
