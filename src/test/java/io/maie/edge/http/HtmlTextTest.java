package io.maie.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class HtmlTextTest {
  @Test
  void markupInTextIsEscaped() {
    String html =
        new HtmlText()
            .open("p", "title", "\"><script>'&")
            .text("<script>alert('&')</script>")
            .document();

    assertThat(html)
        .isEqualTo(
            "<!doctype html>\n<p title=\"&quot;&gt;&lt;script&gt;&#39;&amp;\">"
                + "&lt;script&gt;alert(&#39;&amp;&#39;)&lt;/script&gt;</p>\n");
  }

  @Test
  void commandsInQuotationMarksAreCode() {
    assertThat(new HtmlText().open("p").quoting("Type ‘run --http’ <here>").document())
        .isEqualTo("<!doctype html>\n<p>Type <code>run --http</code> &lt;here&gt;</p>\n");
  }

  @Test
  void elementsEndInReverseOrder() {
    assertThat(new HtmlText().open("ul").open("li").line("b", "one").document())
        .isEqualTo("<!doctype html>\n<ul><li><b>one</b></li></ul>\n");
  }
}
