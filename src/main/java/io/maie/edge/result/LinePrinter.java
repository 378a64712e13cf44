package io.maie.edge.result;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import java.io.IOException;
import java.io.Serial;

/** Indents the outer levels by two blanks; what lies deeper, such as a word, takes one line. */
final class LinePrinter extends DefaultPrettyPrinter {
  @Serial private static final long serialVersionUID = 1L;

  /** Root, results, segments, segment, words. */
  private static final int LAST_LEVEL = 5;

  LinePrinter() {
    super(
        Separators.createDefaultInstance()
            .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
            .withObjectEmptySeparator("")
            .withArrayEmptySeparator(""));
    indentObjectsWith(Lines.INSTANCE);
    indentArraysWith(Lines.INSTANCE);
  }

  @Override
  public DefaultPrettyPrinter createInstance() {
    return new LinePrinter();
  }

  @Override
  public void writeEndObject(JsonGenerator json, int entries) throws IOException {
    if (entries > 0 && _nesting > LAST_LEVEL) {
      _nesting--;
      json.writeRaw(" }");
    } else {
      super.writeEndObject(json, entries);
    }
  }

  @Override
  public void writeEndArray(JsonGenerator json, int items) throws IOException {
    if (items > 0 && _nesting > LAST_LEVEL) {
      _nesting--;
      json.writeRaw(" ]");
    } else {
      super.writeEndArray(json, items);
    }
  }

  /** A line break and two blanks per level, or one blank below the last level. */
  private enum Lines implements Indenter {
    INSTANCE;

    @Override
    public void writeIndentation(JsonGenerator json, int level) throws IOException {
      json.writeRaw(level <= LAST_LEVEL ? "\n" + "  ".repeat(level) : " ");
    }

    @Override
    public boolean isInline() {
      return false;
    }
  }
}
