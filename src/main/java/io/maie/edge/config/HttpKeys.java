package io.maie.edge.config;

import io.maie.edge.retention.RetentionOptions;
import io.maie.edge.schema.Key;
import io.maie.edge.schema.Keys;
import io.maie.edge.schema.Types;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The settings of the local API. */
final class HttpKeys {
  /** In the order of the example file. */
  static final Keys KEYS = new Keys();

  static final Key<Boolean> ENABLED =
      KEYS.open(
          "http.enabled",
          Types.flag(),
          false,
          "Switches the local API on; 'maie-edge run --http' does so for one run.");
  static final Key<String> ADDRESS =
      KEYS.open(
          "http.address",
          Types.line(),
          "127.0.0.1",
          "The address at which it listens; beyond this device only encrypted, or with"
              + " allow_plain.");
  static final Key<Integer> PORT =
      KEYS.open("http.port", Types.integer(0, 65_535), 8480, "The port; 0 = any free one.");
  static final Key<Optional<String>> API_KEY =
      KEYS.secret(
          "http.api_key",
          Types.orOff(Types.line()),
          Optional.empty(),
          "The key of clients, 32 characters or more; off = one is made in state/api-key.");
  static final Key<Optional<Path>> API_KEY_FILE =
      KEYS.open(
          "http.api_key_file",
          Types.orOff(SettingTypes.path()),
          Optional.empty(),
          "A file with a key in each line, read again when it changes; off = none.");
  static final Key<List<String>> NAMES =
      KEYS.open(
          "http.names",
          SettingTypes.texts(),
          List.of(),
          "Names by which clients may call this device, besides its loopback and http.address.");
  static final Key<Boolean> ALLOW_PLAIN =
      KEYS.open(
          "http.allow_plain",
          Types.flag(),
          false,
          "Allows listening beyond this device without TLS, where keys can be overheard.");
  static final Key<Optional<Path>> TLS_CERTIFICATE =
      KEYS.open(
          "http.tls_certificate",
          Types.orOff(SettingTypes.path()),
          Optional.empty(),
          "The certificate and its chain, PEM; read again when it is renewed; off = no TLS.");
  static final Key<Optional<Path>> TLS_KEY =
      KEYS.open(
          "http.tls_key",
          Types.orOff(SettingTypes.path()),
          Optional.empty(),
          "The private key of http.tls_certificate, PEM (PKCS #8) without password; off = no TLS.");
  static final Key<List<String>> CORS_ORIGINS =
      KEYS.open(
          "http.cors_origins",
          SettingTypes.texts(),
          List.of(),
          "Places whose pages may use the API with a key, such as https://notes.example.");
  static final Key<Optional<Long>> MAX_UPLOAD =
      KEYS.open(
          "http.max_upload",
          Types.orOff(SettingTypes.size()),
          Optional.empty(),
          "The largest recording that is taken; off = limits.max_file_size.");
  static final Key<Integer> MAX_QUEUE =
      KEYS.open(
          "http.max_queue",
          Types.integer(1, 1_000),
          5,
          "The most tasks sent to the API that may wait or run.");
  static final Key<Duration> RESULT_KEEP =
      KEYS.open(
          "http.result_keep",
          SettingTypes.duration(),
          RetentionOptions.DEFAULTS.apiResultAge(),
          "The time that state/results/ keeps the results of recordings sent to the API.");
  static final Key<Boolean> PUBLISH_TO_OUTBOX =
      KEYS.open(
          "http.publish_to_outbox",
          Types.flag(),
          false,
          "Publishes results of recordings sent to the API in the outbox, too.");

  private HttpKeys() {}
}
