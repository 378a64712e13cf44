package io.maie.edge.text.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PromptTemplateTest {
  private static final PromptTemplate.Values VALUES =
      new PromptTemplate.Values(
          Map.of("schema", "{{ example }} {% if %}", "example", ""),
          Map.of(
              "few_shots",
              List.of(Map.of("input", "one", "output", "1"), Map.of("input", "two", "output", "2")),
              "none",
              List.of()));

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "plain text, plain text",
        "a{# {{ no }} #}b, ab",
        "{% for shot in few_shots %}[{{ shot.input }}={{shot.output}}]{% endfor %}, [one=1][two=2]",
        "{% for shot in none %}x{% endfor %}y, y",
        "{% if schema %}yes{% else %}no{% endif %}, yes",
        "{% if example %}yes{% else %}no{% endif %}, no",
        "{% if none %}yes{% endif %}!, !",
        "{% if few_shots %}{% for s in few_shots %}{{ s.output }}{% endfor %}{% endif %}, 12",
        "{% for a in few_shots %}{% for b in few_shots %}{{ a.output }}{{ b.output }};{% endfor"
            + " %}{% endfor %}, 11;12;21;22;",
        "a   {%- if schema -%}   b   {%- endif -%}   c, abc",
      })
  void promptsAreRendered(String prompt, String expected) throws Exception {
    assertThat(parsed(prompt).render(VALUES)).isEqualTo(expected);
  }

  @Test
  void valuesInAPromptAreNotParsedAsTemplates() throws Exception {
    assertThat(parsed("<{{ schema }}>").render(VALUES)).isEqualTo("<{{ example }} {% if %}>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{ transcript }}",
        "{{ schema.getClass }}",
        "{{ ''.class }}",
        "{{ schema | safe }}",
        "{{ shot.input }}",
        "{% for shot in few_shots %}{{ shot.secret }}{% endfor %}",
        "{% for shot in few_shots %}{% endfor %}{{ shot.input }}",
        "{% for shot in range(10) %}{% endfor %}",
        "{% for shot in schema %}{% endfor %}",
        "{% include '/etc/passwd' %}",
        "{% extends 'base' %}",
        "{% set x = 1 %}",
        "{% if schema %}",
        "{% endfor %}",
        "{% else %}",
        "{% for shot in few_shots %}{% else %}{% endfor %}",
        "{% if schema %}{% else %}{% else %}{% endif %}",
        "{% if schema %}{% endfor %}",
        "{{ schema",
        "{% if schema",
        "{# open",
      })
  void aPromptThatAsksForMoreIsRefused(String prompt) {
    assertThatExceptionOfType(PromptSyntaxException.class)
        .isThrownBy(() -> parsed("first line\n" + prompt))
        .satisfies(failure -> assertThat(failure.line()).isEqualTo(2));
  }

  private static PromptTemplate parsed(String prompt) throws PromptSyntaxException {
    return PromptTemplate.parse(
        prompt,
        new PromptTemplate.Names(
            Set.of("schema", "example"),
            Map.of("few_shots", Set.of("input", "output"), "none", Set.of("input"))));
  }
}
