package io.maie.edge.text.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maie.edge.text.chat.ChatTemplate.Circumstances;
import io.maie.edge.text.chat.ChatTemplate.Message;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The goldens are made by src/test/python/make_chat_templates.py. */
final class ChatTemplateTest {
  private static final LocalDate DAY = LocalDate.of(2026, 11, 28);
  private static final Circumstances PLAIN = new Circumstances(Map.of(), DAY);

  @TestFactory
  Stream<DynamicTest> aTemplateMakesTheTextThatTransformersMakes() throws IOException {
    JsonNode goldens = goldens();
    Map<String, Object> variables = new LinkedHashMap<>();
    goldens
        .get("variables")
        .properties()
        .forEach(v -> variables.put(v.getKey(), value(v.getValue())));
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode golden : goldens.get("cases")) {
      String source = golden.get("template").asText();
      tests.add(
          DynamicTest.dynamicTest(
              source.replace("\n", "\\n"), () -> compare(source, variables, golden.get("text"))));
    }
    return tests.stream();
  }

  private static void compare(String source, Map<String, Object> variables, JsonNode expected)
      throws ChatTemplateException {
    if (expected.isNull()) {
      assertThatThrownBy(() -> ChatTemplate.parse(source).render(variables, DAY))
          .isInstanceOf(ChatTemplateException.class)
          .hasMessageStartingWith("line ");
    } else {
      assertThat(ChatTemplate.parse(source).render(variables, DAY)).isEqualTo(expected.asText());
    }
  }

  @Test
  void aPromptEndsWhereTheAnswerBegins() throws ChatTemplateException {
    ChatTemplate template =
        ChatTemplate.parse(
            "{% for m in messages %}[{{ m.role }}]{{ m.content }}{% endfor %}"
                + "{% if add_generation_prompt %}[assistant]{% endif %}");

    String prompt =
        template.prompt(List.of(new Message("system", "Hi"), new Message("user", "An")), PLAIN);

    assertThat(prompt).isEqualTo("[system]Hi[user]An[assistant]");
  }

  @Test
  void theContentOfAMessageIsNotReadAsATemplate() throws ChatTemplateException {
    String prompt =
        ChatTemplate.parse("{{ messages[0].content }}")
            .prompt(List.of(new Message("user", "{{ raise_exception('x') }}")), PLAIN);

    assertThat(prompt).isEqualTo("{{ raise_exception('x') }}");
  }

  @Test
  void aTemplateReachesNoJavaObject() {
    for (String source :
        List.of(
            "{{ messages.getClass() }}",
            "{{ ''.getClass().forName('java.lang.Runtime') }}",
            "{{ messages[0].content.chars() }}",
            "{{ namespace.getClass() }}",
            "{{ [].append(1) }}",
            "{{ ''.__class__.__mro__ }}")) {
      assertThatThrownBy(
              () -> ChatTemplate.parse(source).prompt(List.of(new Message("user", "x")), PLAIN))
          .as(source)
          .isInstanceOf(ChatTemplateException.class);
    }
  }

  @Test
  void aTemplateThatWorksWithoutEndIsStopped() {
    String loops = "{% for i in range(90000) %}";
    for (String source :
        List.of(
            loops + loops + "{% endfor %}{% endfor %}",
            loops
                + "{{ 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
                + "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' }}{% endfor %}",
            "{% set ns = namespace(x='xxxxxxxxxxxxxxxx') %}"
                + "{% for i in range(60) %}{% set ns.x = ns.x + ns.x %}{% endfor %}",
            "{{ 'x' * 100000000 }}")) {
      assertThatThrownBy(() -> ChatTemplate.parse(source).render(Map.of(), DAY))
          .as(source)
          .isInstanceOf(ChatTemplateException.class);
    }
  }

  @Test
  void aTemplateThatIsNestedTooDeepIsRefused() {
    for (String source :
        List.of(
            "{{ " + "(".repeat(5000) + "1" + ")".repeat(5000) + " }}",
            "{{ " + "not ".repeat(5000) + "1 }}",
            "{{ " + "- ".repeat(5000) + "1 }}",
            "{% if 1 %}".repeat(5000) + "{% endif %}".repeat(5000),
            "{% if 1 %}" + "{% elif 1 %}".repeat(5000) + "{% endif %}")) {
      assertThatThrownBy(() -> ChatTemplate.parse(source))
          .as(source.substring(0, 20))
          .isInstanceOf(ChatTemplateException.class)
          .hasMessageContaining("nested too deep");
    }
  }

  @Test
  void statementsThatAreNotOfferedAreNamed() {
    assertThatThrownBy(() -> ChatTemplate.parse("a\n{% macro x() %}{% endmacro %}"))
        .isInstanceOf(ChatTemplateException.class)
        .hasMessage("line 2: the statement 'macro' is not offered");
  }

  private static JsonNode goldens() throws IOException {
    try (InputStream in = ChatTemplateTest.class.getResourceAsStream("/text/chat/templates.json")) {
      return new ObjectMapper().readTree(in);
    }
  }

  private static Object value(JsonNode node) {
    if (node.isArray()) {
      List<Object> items = new ArrayList<>();
      node.forEach(item -> items.add(value(item)));
      return items;
    }
    if (node.isObject()) {
      Map<String, Object> map = new LinkedHashMap<>();
      node.properties().forEach(entry -> map.put(entry.getKey(), value(entry.getValue())));
      return map;
    }
    if (node.isNull()) {
      return Absent.NONE;
    }
    if (node.isBoolean()) {
      return node.asBoolean();
    }
    return node.isTextual()
        ? node.asText()
        : node.isIntegralNumber() ? (Object) node.asLong() : node.asDouble();
  }
}
