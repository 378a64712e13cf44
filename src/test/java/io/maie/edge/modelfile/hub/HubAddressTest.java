package io.maie.edge.modelfile.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HubAddressTest {
  private static final ModelReference MODEL = new ModelReference("a/b.c_d", "refs/pr/1");

  @Test
  void addressesAreThoseOfTheHub() {
    HubAddress hub = HubAddress.parse("https://hub.example/");

    assertThat(hub.revision(MODEL))
        .isEqualTo(URI.create("https://hub.example/api/models/a/b.c_d/revision/refs%2Fpr%2F1"));
    assertThat(hub.tree(MODEL, "0123"))
        .isEqualTo(URI.create("https://hub.example/api/models/a/b.c_d/tree/0123?recursive=true"));
    assertThat(hub.file(MODEL, "0123", "onnx/a b+é#.onnx"))
        .isEqualTo(
            URI.create("https://hub.example/a/b.c_d/resolve/0123/onnx/a%20b%2B%C3%A9%23.onnx"));
  }

  @Test
  void aMirrorMayLieBelowAPath() {
    assertThat(HubAddress.parse("http://mirror.example:8080/hf//").file(MODEL, "0", "x"))
        .isEqualTo(URI.create("http://mirror.example:8080/hf/a/b.c_d/resolve/0/x"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "huggingface.co",
        "ftp://h",
        "file:///h",
        "https://",
        "https://u:p@h",
        "https://h?a",
        "h t"
      })
  void aMalformedAddressIsRefused(String text) {
    assertThatThrownBy(() -> HubAddress.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "https://h/x,true",
    "https://H:443/x,true",
    "https://h:444/x,false",
    "http://h/x,false",
    "https://cdn.h/x,false",
    "https://h.evil/x,false"
  })
  void onlyTheSameServerIsTrustedWithAToken(String other, boolean trusted) {
    assertThat(HubAddress.parse("https://h").isOriginOf(URI.create(other))).isEqualTo(trusted);
  }

  @ParameterizedTest
  @CsvSource({"https://h,true", "http://127.0.0.1:8,true", "http://h,false"})
  void secretsAreNotSentInTheClear(String address, boolean secret) {
    assertThat(HubAddress.parse(address).keepsSecrets()).isEqualTo(secret);
  }

  @Test
  void forbiddenCharactersOfAnAddressAreEscaped() throws Exception {
    assertThat(HubConnection.target(URI.create("https://h/a"), "https://c/b?f=\"ä b\"|x&e=%2F~'*"))
        .isEqualTo(URI.create("https://c/b?f=%22%C3%A4%20b%22%7Cx&e=%2F~'*"));
  }

  @Test
  void aRedirectNeverGivesUpSecrecy() throws Exception {
    URI from = URI.create("https://h/a");

    assertThat(HubConnection.target(from, "/b")).isEqualTo(URI.create("https://h/b"));
    assertThat(HubConnection.target(from, "https://c/b")).isEqualTo(URI.create("https://c/b"));
    assertThatThrownBy(() -> HubConnection.target(from, "http://h/b"))
        .isInstanceOf(HubException.class)
        .hasMessageContaining("http://h/b");
  }

  @Test
  void aPasswordInAnAddressIsRefusedAndNotShown() {
    assertThatThrownBy(() -> HubAddress.parse("https://anna:geheim@hub.example"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("https://[redacted]@hub.example")
        .hasMessageNotContaining("geheim");
  }
}
