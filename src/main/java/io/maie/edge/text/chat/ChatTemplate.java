package io.maie.edge.text.chat;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A template that makes the prompt of a language model from the messages of a conversation, as
 * {@code apply_chat_template} of Hugging Face's transformers does. It is written in the language of
 * Jinja, in so far as chat templates use it: {@code if}, {@code for}, {@code set}, expressions, and
 * the filters, tests and methods of strings and dictionaries that {@link Filters}, {@link Tests}
 * and {@link Methods} list. A template that uses anything else is refused when it is read.
 *
 * <p>A template comes with the files of a model, and is trusted with nothing: it reaches what it is
 * given and no Java object besides, its work is bounded, and so is the length of its text.
 *
 * <p>Source of the language: Jinja 3.1, documentation and behaviour; transformers 5.24 for its
 * settings and functions.
 */
public final class ChatTemplate {
  /** Templates of published models have up to 15,000 characters. */
  private static final int MOST_CHARACTERS = 200_000;

  private static final String[] MONTHS = {
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December"
  };

  private final Statement statement;

  private ChatTemplate(Statement statement) {
    this.statement = statement;
  }

  /**
   * Message of a conversation.
   *
   * @param role {@code system}, {@code user} or {@code assistant}
   */
  public record Message(String role, String content) {}

  /**
   * Circumstances of a conversation, which templates may ask for.
   *
   * @param variables by their names, such as {@code bos_token}: texts and truths
   * @param today the date that the model gets
   */
  public record Circumstances(Map<String, Object> variables, LocalDate today) {
    public Circumstances {
      variables = Map.copyOf(variables);
      requireNonNull(today, "today is null");
    }
  }

  /**
   * Reads a template.
   *
   * @throws ChatTemplateException if it is not valid, or uses features that are not offered
   */
  public static ChatTemplate parse(String source) throws ChatTemplateException {
    if (source.length() > MOST_CHARACTERS) {
      throw new ChatTemplateException(
          "expected at most %d characters, found %d".formatted(MOST_CHARACTERS, source.length()));
    }
    return new ChatTemplate(new StatementParser(new Cursor(Lexer.tokens(source))).template());
  }

  /**
   * The prompt, up to where the model's answer begins.
   *
   * @throws ChatTemplateException if the template refuses the conversation
   */
  public String prompt(List<Message> messages, Circumstances circumstances)
      throws ChatTemplateException {
    List<Object> all = new ArrayList<>();
    for (Message message : messages) {
      all.add(Map.of("role", message.role(), "content", message.content()));
    }
    Map<String, Object> variables = new HashMap<>(circumstances.variables());
    variables.put("messages", all);
    variables.put("add_generation_prompt", true);
    return render(variables, circumstances.today());
  }

  /** The text that the template makes of {@code variables}. */
  String render(Map<String, Object> variables, LocalDate today) throws ChatTemplateException {
    Map<String, Object> all = new HashMap<>();
    Function namespace = (placed, named) -> new Namespace(named);
    Function range = (placed, named) -> range(placed);
    Function refusal =
        (placed, named) -> {
          throw new ChatTemplateException(
              "the template refuses the conversation: "
                  + (placed.isEmpty() ? "" : Values.text(placed.get(0))));
        };
    Function date =
        (placed, named) -> formatted(today, placed.isEmpty() ? "" : Values.text(placed.get(0)));
    all.put("namespace", namespace);
    all.put("range", range);
    all.put("raise_exception", refusal);
    all.put("strftime_now", date);
    all.putAll(variables);
    Output output = new Output(new Work());
    statement.run(new Scope(all, output));
    return output.toString();
  }

  private static List<Object> range(List<Object> bounds) throws ChatTemplateException {
    List<Long> numbers = new ArrayList<>();
    for (Object bound : bounds) {
      if (!(bound instanceof Long number)) {
        throw new ChatTemplateException("a range is bounded by " + Values.kind(bound));
      }
      numbers.add(number);
    }
    long start = numbers.size() > 1 ? numbers.get(0) : 0;
    long end = numbers.isEmpty() ? 0 : numbers.get(Math.min(1, numbers.size() - 1));
    long step = numbers.size() > 2 ? numbers.get(2) : 1;
    if (step == 0 || Math.abs((double) end - start) / Math.abs(step) > 100_000) {
      throw new ChatTemplateException("a range is too long");
    }
    List<Object> range = new ArrayList<>();
    for (long i = start; step > 0 ? i < end : i > end; i += step) {
      range.add(i);
    }
    return range;
  }

  /** A date in the format of {@code strftime}, in English. */
  private static String formatted(LocalDate day, String format) throws ChatTemplateException {
    StringBuilder text = new StringBuilder();
    int at = 0;
    while (at < format.length()) {
      char c = format.charAt(at++);
      if (c != '%' || at == format.length()) {
        text.append(c);
        continue;
      }
      char field = format.charAt(at++);
      String month = MONTHS[day.getMonthValue() - 1];
      switch (field) {
        case 'd' -> text.append(String.format(Locale.ROOT, "%02d", day.getDayOfMonth()));
        case 'm' -> text.append(String.format(Locale.ROOT, "%02d", day.getMonthValue()));
        case 'Y' -> text.append(day.getYear());
        case 'b' -> text.append(month, 0, 3);
        case 'B' -> text.append(month);
        case '%' -> text.append('%');
        default ->
            throw new ChatTemplateException("the date format '%" + field + "' is not offered");
      }
    }
    return text.toString();
  }
}
