package io.maie.edge.modelfile.hub;

import static io.maie.edge.testing.LoopbackHub.COMMIT;
import static io.maie.edge.testing.LoopbackHub.REPOSITORY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.modelfile.Checksums;
import io.maie.edge.modelfile.GraphPreference;
import io.maie.edge.modelfile.InstalledModel;
import io.maie.edge.modelfile.ModelAdmission;
import io.maie.edge.modelfile.ModelCatalog;
import io.maie.edge.progress.TransferProgress;
import io.maie.edge.testing.LoopbackHub;
import io.maie.edge.testing.LoopbackHub.End;
import io.maie.edge.testing.LoopbackHub.Request;
import io.maie.edge.testing.ManualTicker;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pulls from a hub on the loopback address that misbehaves in every way that was thought of. */
final class ModelPullTest {
  private static final String ENCODER = "onnx/encoder_model_int8.onnx";
  private static final String DECODER = "onnx/decoder_model_merged_int8.onnx";
  private static final int ENCODER_BYTES = 300_000;
  private static final ModelReference MODEL = new ModelReference(REPOSITORY, "main");
  private static final String CONFIG = "{\"model_type\": \"whisper\", \"_name_or_path\": \"a\"}";

  @TempDir private Path temporary;
  private final ManualTicker time = new ManualTicker();
  private final Random random = new Random(4);
  private final List<String> waits = new ArrayList<>();
  private final List<Long> reached = new ArrayList<>();
  private LoopbackHub hub;
  private Path models;
  private GraphPreference preference = GraphPreference.LITTLE_MEMORY;
  private Optional<String> token = Optional.empty();
  private int attempts = 3;
  private Duration stall = Duration.ofSeconds(20);
  private long margin;

  @BeforeEach
  void publish() throws IOException {
    models = temporary.resolve("models");
    hub = LoopbackHub.open();
    hub.publish("README.md", "# A model".getBytes(UTF_8));
    hub.publish("LICENSE", "Do as you like".getBytes(UTF_8));
    hub.publish("config.json", CONFIG.getBytes(UTF_8));
    hub.publish("generation_config.json", "{}".getBytes(UTF_8));
    hub.publish("preprocessor_config.json", "{}".getBytes(UTF_8));
    hub.publish("tokenizer.json", bytes(20_000));
    hub.publish(ENCODER, bytes(ENCODER_BYTES));
    hub.publish("onnx/encoder_model.onnx", bytes(20_000));
    hub.publish(DECODER, bytes(50_000));
    hub.publish("onnx/decoder_model_merged.onnx", bytes(20_000));
  }

  @AfterEach
  void close() throws IOException {
    hub.close();
  }

  @Test
  void onlyNeededFilesAreFetched() throws Exception {
    InstalledModel model = pull();

    assertThat(model.state().isOk()).isTrue();
    assertThat(filesBelow(models))
        .containsExactlyInAnyOrder(
            "micro/LICENSE",
            "micro/config.json",
            "micro/generation_config.json",
            "micro/model.lock.json",
            "micro/onnx/decoder_model_merged_int8.onnx",
            "micro/onnx/encoder_model_int8.onnx",
            "micro/preprocessor_config.json",
            "micro/tokenizer.json");
    assertThat(hub.requests("encoder_model.onnx")).isEmpty();
    assertThat(reached).last().isEqualTo(sizeOfModel());
  }

  @Test
  void theLockSaysWhereEveryByteIsFrom() throws Exception {
    pull();

    JsonNode lock = new JsonMapper().readTree(models.resolve("micro/model.lock.json").toFile());
    assertThat(lock.path("source").asText()).isEqualTo("hub");
    assertThat(lock.path("address").asText()).isEqualTo(hub.address());
    assertThat(lock.path("repository").asText()).isEqualTo(REPOSITORY);
    assertThat(lock.path("revision").asText()).isEqualTo(COMMIT);
    assertThat(Instant.parse(lock.path("added_at").asText())).isEqualTo(time.instant());
    JsonNode encoder = lock.path("files").path(ENCODER);
    assertThat(encoder.path("bytes").asInt()).isEqualTo(ENCODER_BYTES);
    assertThat(encoder.path("sha256").asText())
        .isEqualTo(
            LoopbackHub.hex("SHA-256", Files.readAllBytes(models.resolve("micro/" + ENCODER))));
  }

  @Test
  void laterDamageIsNoticed() throws Exception {
    pull();
    Path encoder = models.resolve("micro").resolve(ENCODER);
    byte[] content = Files.readAllBytes(encoder);
    content[1000]++;
    Files.write(encoder, content);

    InstalledModel model =
        new ModelCatalog(models, new Checksums(), GraphPreference.LITTLE_MEMORY).verify().get(0);

    assertThat(model.state().reason()).contains("Expected sha256", ENCODER);
  }

  @Test
  void anotherVariantCanBeChosenAndItsExternalWeightsCome() throws Exception {
    hub.publish("onnx/encoder_model.onnx_data", bytes(30_000));
    hub.publish("onnx/encoder_model.onnx_data_1", bytes(30_000));
    preference = GraphPreference.LITTLE_MEMORY.withVariant("fp32");

    pull();

    assertThat(filesBelow(models.resolve("micro/onnx")))
        .containsExactlyInAnyOrder(
            "decoder_model_merged.onnx",
            "encoder_model.onnx",
            "encoder_model.onnx_data",
            "encoder_model.onnx_data_1");
  }

  @Test
  void aBrokenConnectionResumesWhereItBroke() throws Exception {
    hub.once(ENCODER, reply -> reply.cutAfter(123_456, End.CLOSE));

    pull();

    assertThat(firstBytes(ENCODER)).containsExactly(0, 123_456);
    assertThat(waits).singleElement().asString().contains("broke off");
  }

  @Test
  void aResetConnectionResumes() throws Exception {
    hub.once(ENCODER, reply -> reply.cutAfter(200_000, End.RESET));

    pull();

    assertThat(hub.requests(ENCODER)).hasSize(2);
    assertThat(verified()).isTrue();
  }

  @Test
  void aStalledConnectionIsReplacedAndResumes() throws Exception {
    stall = Duration.ofMillis(300);
    hub.once(ENCODER, reply -> reply.cutAfter(100_000, End.STALL));

    pull();

    assertThat(firstBytes(ENCODER)).containsExactly(0, 100_000);
    assertThat(waits).singleElement().asString().contains("Nothing came for 0.3 s");
  }

  @Test
  void aServerThatSaysNothingIsAskedAgain() throws Exception {
    stall = Duration.ofMillis(300);
    hub.once("/revision/", reply -> reply.cutAfter(0, End.SILENCE));

    pull();

    assertThat(hub.requests("/revision/")).hasSize(2);
  }

  @Test
  void aLaterPullKeepsWhatAnEarlierOneBrought() throws Exception {
    attempts = 1;
    hub.once(ENCODER, reply -> reply.cutAfter(250_000, End.CLOSE));
    assertThatThrownBy(this::pull)
        .isInstanceOfSatisfying(
            HubException.class, e -> assertKind(e, HubException.Kind.UNREACHABLE))
        .hasMessageContaining("gave up");
    assertThat(new ModelCatalog(models, new Checksums(), GraphPreference.LITTLE_MEMORY).list())
        .isEmpty();

    pull();

    assertThat(firstBytes(ENCODER)).containsExactly(0, 250_000);
    assertThat(hub.requests("tokenizer.json")).hasSize(1);
    assertThat(verified()).isTrue();
  }

  @Test
  void aServerThatIgnoresTheRangeIsReadFromTheBeginning() throws Exception {
    byte[] whole = content(ENCODER);
    hub.once(ENCODER, reply -> reply.cutAfter(123_456, End.CLOSE));
    hub.once(ENCODER, reply -> reply.withStatus(200).without("Content-Range").withBody(whole));

    pull();

    assertThat(verified()).isTrue();
  }

  @Test
  void aServerThatRefusesTheRangeIsAskedForAll() throws Exception {
    hub.once(ENCODER, reply -> reply.cutAfter(123_456, End.CLOSE));
    hub.once(ENCODER, reply -> reply.withStatus(416).withBody(new byte[0]));

    pull();

    assertThat(firstBytes(ENCODER)).containsExactly(0, 123_456, 0);
  }

  @Test
  void aPartThatTurnsOutWrongIsFetchedAnew() throws Exception {
    attempts = 1;
    hub.once(ENCODER, reply -> reply.cutAfter(250_000, End.CLOSE));
    assertThatThrownBy(this::pull).isInstanceOf(HubException.class);
    Path part =
        models.resolve(
            ".maie-pull-micro/parts/" + hub.entry(ENCODER).at("/lfs/oid").asText() + ".part");
    byte[] rotten = Files.readAllBytes(part);
    rotten[5]++;
    Files.write(part, rotten);

    pull();

    assertThat(firstBytes(ENCODER)).containsExactly(0, 250_000, 0);
    assertThat(verified()).isTrue();
  }

  @Test
  void aPieceOfAnotherFileIsFetchedAnew() throws Exception {
    hub.once(ENCODER, reply -> reply.cutAfter(250_000, End.CLOSE));
    hub.once(ENCODER, reply -> reply.withBody(bytes(50_000)));

    pull();

    assertThat(firstBytes(ENCODER)).containsExactly(0, 250_000, 0);
    assertThat(verified()).isTrue();
  }

  @Test
  void aPartThatIsTooLongIsFetchedAnew() throws Exception {
    attempts = 1;
    hub.once(ENCODER, reply -> reply.cutAfter(1, End.CLOSE));
    assertThatThrownBy(this::pull).isInstanceOf(HubException.class);
    Path part =
        models.resolve(
            ".maie-pull-micro/parts/" + hub.entry(ENCODER).at("/lfs/oid").asText() + ".part");
    Files.write(part, bytes(ENCODER_BYTES + 1));

    pull();

    assertThat(verified()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {ENCODER, "generation_config.json"})
  void anotherContentThanDeclaredIsRefused(String path) throws Exception {
    byte[] other = content(path);
    other[0]++;
    hub.always(path, reply -> reply.withBody(other));

    assertThatThrownBy(this::pull)
        .isInstanceOfSatisfying(
            HubException.class,
            e -> {
              assertKind(e, HubException.Kind.DAMAGED);
              assertThat(e.hint()).isNotBlank();
            })
        .hasMessageContaining("with the checksum")
        .hasMessageContaining(path);
    assertThat(new ModelCatalog(models, new Checksums(), GraphPreference.LITTLE_MEMORY).list())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 1})
  void aSizeThatIsNotTheListedOneIsRefused(int more) {
    hub.always(
        DECODER, reply -> reply.withBody(Arrays.copyOf(reply.body(), reply.body().length + more)));

    assertThatThrownBy(this::pull)
        .isInstanceOfSatisfying(HubException.class, e -> assertKind(e, HubException.Kind.DAMAGED))
        .hasMessageContaining(
            "Expected 50000 bytes as the hub lists them, found " + (50_000 + more));
  }

  @Test
  void aBodyOfUnknownLengthThatDoesNotEndIsRefused() {
    hub.always(DECODER, reply -> reply.withBody(new byte[500_000]).without("Content-Length"));

    assertThatThrownBy(this::pull).hasMessageContaining("found more");
  }

  @Test
  void aBodyOfUnknownLengthIsReadToItsEnd() throws Exception {
    hub.always(DECODER, reply -> reply.without("Content-Length"));

    assertThat(pull().state().isOk()).isTrue();
  }

  @Test
  void aRangeThatBeginsElsewhereIsNotUsed() throws Exception {
    hub.once(ENCODER, reply -> reply.cutAfter(1000, End.CLOSE));
    hub.once(ENCODER, reply -> reply.with("Content-Range", "bytes 999-299999/300000"));

    pull();

    assertThat(firstBytes(ENCODER)).containsExactly(0, 1000, 0);
    assertThat(verified()).isTrue();
  }

  @Test
  void redirectsAreFollowed() throws Exception {
    hub.once(ENCODER, reply -> reply.redirectedTo("/cdn/" + ENCODER));
    byte[] content = content(ENCODER);
    hub.once("/cdn/", reply -> reply.withStatus(200).withBody(content));

    assertThat(pull().state().isOk()).isTrue();
  }

  @Test
  void theTokenIsForTheHubAlone() throws Exception {
    token = Optional.of("hf_secret");
    byte[] content = content(ENCODER);
    hub.once(ENCODER, reply -> reply.redirectedTo(hub.otherAddress() + "/cdn/blob"));
    hub.once("/cdn/", reply -> reply.withStatus(200).withBody(content));

    pull();

    assertThat(hub.requests("/cdn/"))
        .singleElement()
        .satisfies(request -> assertThat(request.headers()).doesNotContainKey("authorization"));
    assertThat(hub.requests("/" + REPOSITORY + "/"))
        .filteredOn(request -> !request.target().startsWith("/cdn/"))
        .allSatisfy(
            request ->
                assertThat(request.headers()).containsEntry("authorization", "Bearer hf_secret"));
  }

  @Test
  void redirectsWithoutEndAreGivenUp() {
    hub.always(ENCODER, reply -> reply.redirectedTo("/" + REPOSITORY + "/" + ENCODER));

    assertThatThrownBy(this::pull)
        .isInstanceOfSatisfying(
            HubException.class, e -> assertKind(e, HubException.Kind.UNREACHABLE))
        .hasMessageContaining("at most 5 redirects");
    assertThat(hub.requests(ENCODER)).hasSize(6);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///etc/passwd",
        "ftp://127.0.0.1/x",
        "jar:file:/x!/y",
        "http://",
        "",
        "ht tp:"
      })
  void aRedirectToAnotherSchemeIsRefused(String location) {
    hub.always(ENCODER, reply -> reply.redirectedTo(location));

    assertThatThrownBy(this::pull)
        .isInstanceOf(HubException.class)
        .hasMessageContaining("Expected to be sent to another https address");
  }

  @ParameterizedTest
  @CsvSource({"404,NOT_FOUND", "401,REFUSED", "403,REFUSED", "418,UNREACHABLE"})
  void aRefusalIsNotTriedAgain(int status, HubException.Kind kind) {
    hub.always("/revision/", reply -> reply.withStatus(status));

    assertThatThrownBy(this::pull)
        .isInstanceOfSatisfying(
            HubException.class,
            e -> {
              assertKind(e, kind);
              assertThat(e.hint()).isNotBlank();
            })
        .hasMessageContaining("HTTP " + status)
        .hasMessageContaining(REPOSITORY);
    assertThat(hub.requests("")).hasSize(1);
    assertThat(models).isEmptyDirectory();
  }

  @Test
  void aServerThatRecoversIsWaitedFor() throws Exception {
    hub.once(ENCODER, reply -> reply.withStatus(500));
    hub.once(ENCODER, reply -> reply.withStatus(429).with("Retry-After", "7"));

    pull();

    assertThat(waits)
        .containsExactly(
            "'127.0.0.1' answered HTTP 500 PT1S", "'127.0.0.1' answered HTTP 429 PT7S");
    assertThat(Duration.ofNanos(time.nanos())).isEqualTo(Duration.ofSeconds(8));
  }

  @Test
  void aServerThatDoesNotRecoverIsGivenUp() {
    hub.always("/tree/", reply -> reply.withStatus(503));

    assertThatThrownBy(this::pull)
        .isInstanceOfSatisfying(
            HubException.class, e -> assertKind(e, HubException.Kind.UNREACHABLE))
        .hasMessageContaining("HTTP 503; gave up after 3 attempts");
    assertThat(hub.requests("/tree/")).hasSize(3);
  }

  @Test
  void anAddressWithoutAServerIsReported() throws Exception {
    hub.close();

    assertThatThrownBy(this::pull)
        .isInstanceOfSatisfying(
            HubException.class, e -> assertKind(e, HubException.Kind.UNREACHABLE))
        .hasMessageContaining("127.0.0.1");
  }

  @Test
  void aServerThatIsNoHubIsReported() {
    hub.always("/revision/", reply -> reply.withBody("<html>Welcome".getBytes(UTF_8)));

    assertThatThrownBy(this::pull).hasMessageContaining("Expected JSON");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../evil",
        "a/../../evil",
        "/etc/evil",
        "a\\..\\evil",
        "a\u0000b",
        "a//b",
        "./a",
        "",
        "a/",
        "a\nb"
      })
  void aNameThatLeadsOutIsRefused(String path) {
    hub.list(path, 1);

    assertThatThrownBy(this::pull)
        .isInstanceOfSatisfying(HubException.class, e -> assertKind(e, HubException.Kind.DAMAGED))
        .hasMessageContaining("Expected names inside the model's folder");
    assertThat(models).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(ints = {256, 2000})
  void aNameThatIsTooLongIsRefused(int length) {
    hub.list("a".repeat(length), 1);

    assertThatThrownBy(this::pull).hasMessageContaining("Expected names inside");
  }

  @Test
  void aNameThatComesTwiceIsRefused() {
    hub.list("config.json", 2);

    assertThatThrownBy(this::pull).hasMessageContaining("lists 'config.json' twice");
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, Long.MAX_VALUE})
  void aSizeThatCannotBeIsRefused(long bytes) {
    hub.list("huge", bytes);

    assertThatThrownBy(this::pull).hasMessageContaining("Expected a size of 'huge'");
  }

  @Test
  void moreThanAnyModelHasIsRefused() {
    hub.entry(ENCODER).withObject("/lfs").put("size", 30_000_000_000L);

    assertThatThrownBy(this::pull).hasMessageContaining("bytes in all");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "sha256", "0123", "XYZ"})
  void aMalformedChecksumIsRefused(String oid) {
    hub.entry(ENCODER).withObject("/lfs").put("oid", oid);

    assertThatThrownBy(this::pull).hasMessageContaining("Expected a checksum of");
  }

  @Test
  void aMalformedCommitIsRefused() {
    hub.always("/revision/", reply -> reply.withBody("{\"sha\": \"../..\"}".getBytes(UTF_8)));

    assertThatThrownBy(this::pull).hasMessageContaining("Expected the commit");
  }

  @Test
  void aListingInPagesIsReadToItsEnd() throws Exception {
    hub.listInPagesOf(3);

    assertThat(pull().state().isOk()).isTrue();
    assertThat(hub.requests("/tree/")).hasSize(4);
  }

  @Test
  void pagesWithoutEndAreGivenUp() {
    hub.always(
        "/tree/",
        reply ->
            reply
                .withStatus(200)
                .withBody("[]".getBytes(UTF_8))
                .with("Link", "<" + hub.address() + "/tree/>; rel=\"next\""));

    assertThatThrownBy(this::pull).hasMessageContaining("at most 50 pages");
  }

  @Test
  void aListingWithoutEndIsGivenUp() {
    hub.always("/tree/", reply -> reply.withBody(new byte[9_000_000]));

    assertThatThrownBy(this::pull).hasMessageContaining("at most 8000000 bytes");
  }

  @Test
  void theFirstFileRevealsAModelOfAnotherKind() {
    hub.entry("config.json").put("path", "former.json");
    hub.publish("config.json", "{\"model_type\": \"bert\"}".getBytes(UTF_8));

    assertThatThrownBy(this::pull)
        .isInstanceOf(ProcessingException.class)
        .hasMessageContaining("found 'bert'");
    assertThat(hub.requests(ENCODER)).isEmpty();
    assertThat(models).isEmptyDirectory();
  }

  /**
   * The repository has the form of those of onnx-community: graphs of many precisions,
   * descriptions, a licence.
   */
  @Test
  void moonshineComesWithItsEncoderOfFloats() throws Exception {
    publishMoonshine("moonshine");

    InstalledModel model =
        pull(HubAddress.parse(hub.address())).pull(MODEL, "moonshine-tiny-ja-ONNX", progress());

    assertThat(model.state().isOk()).isTrue();
    assertThat(model.folder().orElseThrow().manifest().family()).isEqualTo("moonshine");
    assertThat(model.folder().orElseThrow().manifest().languages()).containsExactly("ja");
    assertThat(model.folder().orElseThrow().manifest().license())
        .isEqualTo("Moonshine-AI-Community");
    assertThat(filesBelow(models.resolve("moonshine-tiny-ja-ONNX")))
        .containsExactlyInAnyOrder(
            "LICENSE",
            "config.json",
            "model.lock.json",
            "onnx/decoder_model_merged_int8.onnx",
            "onnx/encoder_model.onnx",
            "preprocessor_config.json",
            "tokenizer.json");
    assertThat(hub.requests("/config.json")).hasSize(1);
  }

  @Test
  void moonshineForStreamingIsRefusedBeforeItsGraphsAreFetched() throws Exception {
    publishMoonshine("moonshine_streaming");

    assertThatThrownBy(this::pull)
        .isInstanceOf(ProcessingException.class)
        .hasMessageContaining("found 'moonshine_streaming'");
    assertThat(hub.requests("encoder_model")).isEmpty();
  }

  private void publishMoonshine(String type) throws IOException {
    hub.entry("config.json").put("path", "former.json");
    hub.publish(
        "config.json",
        "{\"model_type\": \"%s\", \"eos_token_id\": 2}".formatted(type).getBytes(UTF_8));
    hub.publish("tokenizer_config.json", bytes(1000));
    hub.publish("onnx/decoder_model_int8.onnx", bytes(1000));
    hub.publish("onnx/decoder_with_past_model_int8.onnx", bytes(1000));
  }

  @Test
  void aMissingFileIsNamed() {
    hub.entry("tokenizer.json").put("path", "vocab.json");

    assertThatThrownBy(this::pull)
        .isInstanceOf(ProcessingException.class)
        .hasMessageContaining("Expected 'tokenizer.json'")
        .hasMessageContaining(REPOSITORY);
  }

  @Test
  void aVariantThatIsNotPublishedIsNamed() {
    preference = GraphPreference.LITTLE_MEMORY.withVariant("q4");

    assertThatThrownBy(this::pull)
        .isInstanceOf(ProcessingException.class)
        .hasMessageContaining("encoder_model_q4.onnx");
  }

  @Test
  void aSecondPullAtTheSameTimeIsRefused() throws Exception {
    try (PullStaging first = PullStaging.open(models, "micro")) {
      assertThat(first).isNotNull();
      assertThatThrownBy(this::pull)
          .isInstanceOfSatisfying(HubException.class, e -> assertKind(e, HubException.Kind.BUSY));
    }
    assertThat(pull().state().isOk()).isTrue();
  }

  @Test
  void aNameThatIsTakenIsRefusedBeforeAnythingIsAsked() throws Exception {
    Files.createDirectories(models.resolve("micro"));

    assertThatThrownBy(this::pull).isInstanceOf(FileAlreadyExistsException.class);
    assertThat(hub.requests("")).isEmpty();
  }

  @Test
  void aFullDiskIsReportedBeforeAnythingIsFetched() {
    margin = Long.MAX_VALUE / 2;

    assertThatThrownBy(this::pull)
        .isInstanceOfSatisfying(
            HubException.class, e -> assertKind(e, HubException.Kind.DISK_FULL));
    assertThat(hub.requests("/resolve/")).isEmpty();
  }

  @Test
  void aTokenIsNotSentInTheClear() {
    token = Optional.of("hf_secret");
    ModelPull pull = pull(HubAddress.parse("http://hub.example"));

    assertThatThrownBy(() -> pull.pull(MODEL, "micro", progress()))
        .isInstanceOfSatisfying(HubException.class, e -> assertKind(e, HubException.Kind.REFUSED))
        .hasMessageContaining("https");
  }

  @Test
  void leftoversOfAnEarlierPullDoNotJoinTheModel() throws Exception {
    Path stale = models.resolve(".maie-pull-micro/model/onnx/encoder_model_q4.onnx");
    Files.createDirectories(stale.getParent());
    Files.write(stale, bytes(10));
    Files.createSymbolicLink(stale.resolveSibling("decoder_model_merged_int8.onnx"), temporary);

    pull();

    assertThat(filesBelow(models.resolve("micro/onnx")))
        .containsExactlyInAnyOrder("encoder_model_int8.onnx", "decoder_model_merged_int8.onnx");
  }

  @Test
  void abandonedPullsAreRemoved() throws Exception {
    Path old = Files.createDirectories(models.resolve(".maie-pull-old"));
    Path recent = Files.createDirectories(models.resolve(".maie-pull-recent"));
    Instant now = Files.getLastModifiedTime(recent).toInstant();
    Files.setLastModifiedTime(old, FileTime.from(now.minus(Duration.ofDays(15))));

    pull();

    assertThat(old).doesNotExist();
    assertThat(recent).exists();
  }

  private InstalledModel pull() throws ProcessingException, IOException {
    return pull(HubAddress.parse(hub.address())).pull(MODEL, "micro", progress());
  }

  private ModelPull pull(HubAddress address) {
    return new ModelPull(
        new ModelAdmission(new ModelCatalog(models, new Checksums(), preference)),
        new HubOptions(
            address,
            "maie-edge/test",
            token,
            Duration.ofSeconds(5),
            stall,
            attempts,
            Duration.ofSeconds(1),
            Duration.ofSeconds(30),
            margin),
        new PublishedModels(List.of()),
        new HubTime(time, time));
  }

  private TransferProgress progress() {
    return new TransferProgress() {
      @Override
      public void planned(int files, long bytes) {
        assertThat(files).isPositive();
      }

      @Override
      public void reached(long bytes) {
        reached.add(bytes);
      }

      @Override
      public void waiting(String reason, Duration pause) {
        waits.add(reason + " " + pause);
      }
    };
  }

  private long sizeOfModel() {
    return Stream.of(
            "LICENSE",
            "config.json",
            "generation_config.json",
            "preprocessor_config.json",
            "tokenizer.json",
            ENCODER,
            DECODER)
        .mapToLong(path -> hub.entry(path).path("size").asLong())
        .sum();
  }

  private List<Integer> firstBytes(String path) {
    return hub.requests(path).stream().map(Request::firstByte).toList();
  }

  private boolean verified() throws IOException {
    return new ModelCatalog(models, new Checksums(), GraphPreference.LITTLE_MEMORY)
        .verify()
        .get(0)
        .state()
        .isOk();
  }

  private byte[] content(String path) {
    return hub.content(path).clone();
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private static List<String> filesBelow(Path folder) throws IOException {
    try (Stream<Path> found = Files.walk(folder)) {
      return found
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .toList();
    }
  }

  private static void assertKind(HubException failure, HubException.Kind kind) {
    assertThat(failure.kind()).isEqualTo(kind);
  }
}
