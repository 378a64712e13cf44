package io.maie.edge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maie.edge.cli.CommandException;
import io.maie.edge.config.HttpSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks of the settings before the API listens. */
final class ApiDoorTest {
  private static final String KEY = "0123456789abcdef0123456789abcdef";
  private static final Optional<Path> FILE = Optional.of(Path.of("device.pem"));

  @TempDir Path state;

  private static HttpSettings at(String address, boolean allowsPlain, Optional<Path> certificate) {
    return settings(address, allowsPlain, certificate, Optional.empty(), Optional.empty());
  }

  private static HttpSettings withKeys(Optional<String> key, Optional<Path> file) {
    return settings("127.0.0.1", false, Optional.empty(), key, file);
  }

  private static HttpSettings settings(
      String address,
      boolean allowsPlain,
      Optional<Path> certificate,
      Optional<String> key,
      Optional<Path> keyFile) {
    return new HttpSettings(
        true,
        address,
        0,
        key,
        keyFile,
        List.of(),
        allowsPlain,
        1_000,
        1,
        false,
        List.of(),
        certificate,
        certificate);
  }

  @Test
  void beyondTheDeviceConnectionsAreEncryptedUnlessTheSettingsAllowPlainOnes() throws Exception {
    assertThatThrownBy(() -> ApiDoor.tls(at("0.0.0.0", false, Optional.empty())))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("beyond this device, at 0.0.0.0, without encryption");
    assertThat(ApiDoor.tls(at("0.0.0.0", false, FILE))).isPresent();
    assertThat(ApiDoor.tls(at("0.0.0.0", true, Optional.empty()))).isEmpty();
    assertThat(ApiDoor.tls(at("127.0.0.1", false, Optional.empty()))).isEmpty();
    assertThat(ApiDoor.tls(at("::1", false, Optional.empty()))).isEmpty();
  }

  @Test
  void keysComeFromTheSettingAndFromTheLinesOfAFile() throws Exception {
    Path file = Files.writeString(state.resolve("keys"), "a" + KEY + "\n\n b" + KEY + " \n");

    assertThat(ApiDoor.keys(withKeys(Optional.of(KEY), Optional.of(file)), state))
        .containsExactly(KEY, "a" + KEY, "b" + KEY);
    assertThat(state.resolve("api-key")).doesNotExist();
  }

  @Test
  void withoutAKeyOneIsMadeThatOnlyItsOwnerCanRead() throws Exception {
    HttpSettings none = withKeys(Optional.empty(), Optional.empty());

    List<String> keys = ApiDoor.keys(none, state);

    assertThat(keys).singleElement().asString().hasSizeGreaterThanOrEqualTo(32);
    assertThat(Files.getPosixFilePermissions(state.resolve("api-key")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(ApiDoor.keys(none, state)).isEqualTo(keys);
  }

  @Test
  void keysThatAreShortOrCannotBeReadAreRefused() {
    assertThatThrownBy(() -> ApiDoor.keys(withKeys(Optional.of("secret"), Optional.empty()), state))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("32 characters or more")
        .hasMessageNotContaining("secret");
    Optional<Path> missing = Optional.of(state.resolve("missing"));
    assertThatThrownBy(() -> ApiDoor.keys(withKeys(Optional.empty(), missing), state))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("cannot be read");
  }
}
