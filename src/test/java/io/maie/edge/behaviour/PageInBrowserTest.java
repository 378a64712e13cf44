package io.maie.edge.behaviour;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.maie.edge.testing.Browser;
import io.maie.edge.testing.BrowserPage;
import io.maie.edge.testing.ExternalProgram;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page in a real browser, against the whole program with the models that ship. */
final class PageInBrowserTest {
  private static final Path SAMPLES = Path.of("src", "main", "dist", "samples");
  private static final Path SPEECH = SAMPLES.resolve("kennedy.flac");
  private static final String UPLOAD = "#file";
  private static final String TRANSCRIPT = ".words .word";

  /** True if the tools beside the state can be reached, however long it is. */
  private static final String LONG_STATE =
      "(() => { const text = document.querySelector('.state-text'); const before ="
          + " text.textContent; text.textContent = 'Needs attention'.repeat(3); const right ="
          + " document.querySelector('.tools').getBoundingClientRect().right; text.textContent ="
          + " before; return right <= innerWidth; })()";

  /** The element that has the keyboard: what it is called, and the frame that shows it. */
  private static final String STOP =
      "(() => { const at = document.activeElement; const seen = at.id === 'file'"
          + " ? at.nextElementSibling : at; return {id: at.id, html: at.outerHTML.slice(0, 120),"
          + " name: at.ariaLabel || at.labels?.[0]?.innerText || at.innerText,"
          + " frame: getComputedStyle(seen).outlineStyle}; })()";

  @TempDir static Path folder;
  private static Browser browser;
  private static RunningProgram program;
  private static String transcriptAddress = "";

  @BeforeAll
  static void start() throws IOException {
    transcriptAddress = "";
    browser = Browser.start(Files.createDirectory(folder.resolve("browser")));
    program =
        RunningProgram.start(
            Files.createDirectory(folder.resolve("home")),
            Map.of("MAIE_HTTP__NAMES", Browser.PLAIN_NAME));
  }

  @AfterAll
  static void stop() {
    if (program != null) {
      program.close();
    }
    if (browser != null) {
      browser.close();
    }
  }

  @Test
  void aRecordingIsSentFollowedReadHeardAndDownloaded() throws Exception {
    BrowserPage page = browser.newPage();
    Path downloads = Files.createDirectory(folder.resolve("downloads"));
    page.downloadTo(downloads);
    page.open(program.link());
    page.awaitElement(UPLOAD);
    assertThat(page.evaluate("location.search + location.hash").asText()).isEmpty();
    page.evaluate(
        "window.seen = new Set(); new MutationObserver(() => {"
            + " for (const kind of ['.progress', '.grown']) {"
            + " if (document.querySelector(kind)) window.seen.add(kind); }"
            + " }).observe(document.getElementById('main'), {childList: true, subtree: true})");

    page.choose(UPLOAD, minute("minute.flac"));

    page.awaitElement(TRANSCRIPT);
    page.awaitText(".words", "ask not");
    page.awaitText(".words", "do for your country");
    assertThat(page.evaluate("[...seen]").toString()).contains(".progress").contains(".grown");

    page.evaluate("document.querySelectorAll('.word')[7].id = 'later-word'");
    page.click("#later-word");

    page.awaitThat("!document.querySelector('audio').paused");
    page.awaitThat("document.querySelector('.word.now')");
    assertThat(page.evaluate("document.querySelector('audio').currentTime").asDouble())
        .isGreaterThan(3);

    page.click(".menu summary");
    page.click(".menu a[href$='result.txt']");

    Path text = downloads.resolve("minute.flac.txt");
    await().until(() -> Files.exists(text));
    assertThat(Files.readString(text)).contains("ask not");
  }

  @Test
  void aSummaryLeadsToWhereItWasSaid() throws Exception {
    BrowserPage page = signedIn();
    page.awaitElement("#summary option[value='generic_summary_en_v2']");
    page.evaluate("document.getElementById('summary').value = 'generic_summary_en_v2'");

    page.choose(UPLOAD, minute("summed up.flac"));

    page.awaitElement(".summary .stamp");
    page.awaitText(".summary", "your country");
    page.click(".summary .stamp");
    page.awaitThat("!document.querySelector('audio').paused");
  }

  @Test
  void longNamesFitOnAPhoneAndGoOnBehindTheirMarks() throws Exception {
    BrowserPage page = signedIn();
    page.size(360, 740);
    String name = "Verwaltungsgericht_2026-11-29_Sitzungssaal_3_" + "x".repeat(60) + ".mp3";
    Path notes = Files.writeString(folder.resolve(name), "These are notes.\n".repeat(20));

    page.choose(UPLOAD, notes);

    page.awaitElement(".failure");
    assertThat(page.evaluate("document.querySelector('h1').textContent").asText()).isEqualTo(name);
    assertThat(page.evaluate("document.querySelectorAll('h1 wbr').length").asInt()).isEqualTo(7);
    page.assertNothingIsCutOff();
  }

  @Test
  void searchLeadsToWhatWasSaid() throws Exception {
    BrowserPage page = transcript();

    page.type("#search", "YOUR country");

    page.awaitThat("document.querySelectorAll('.word.found').length === 4");
    page.awaitText(".search-status", "1 of 2");
    page.press("Enter");
    page.awaitText(".search-status", "2 of 2");
    page.press("Escape");
    assertThat(page.evaluate("document.querySelectorAll('.word.found').length").asInt()).isZero();
  }

  @Test
  void speakersAreShownAndTheTextForReadingIsOneClickAway() throws Exception {
    BrowserPage page = transcript();

    page.awaitText(".voices", "Speaker 1");
    page.awaitText(".voices", "100%");
    page.awaitText(".words:not(.clean)", "Speaker 1");
    page.click(".choices .button:last-child");

    page.awaitThat("document.querySelector('.clean').checkVisibility()");
    page.awaitText(".clean", "ask not what your country can do for you");
    page.click(".clean .stamp");
    page.awaitThat("!document.querySelector('audio').paused");
  }

  @Test
  void theKeyboardLeadsFromWordToWordAndPlays() throws Exception {
    BrowserPage page = transcript();
    page.evaluate("document.querySelector('.word').focus()");

    page.press("ArrowRight");
    page.press("ArrowRight");

    assertThat(page.evaluate("document.activeElement.dataset.word").asText()).isEqualTo("2");
    page.press("Enter");
    page.awaitThat("!document.querySelector('audio').paused");
  }

  @Test
  void aFailureIsExplainedAndCanBeTriedAgain() throws Exception {
    BrowserPage page = signedIn();
    Path notes = folder.resolve("notes.mp3");
    Files.writeString(notes, "These are notes and no recording.\n".repeat(20));

    page.choose(UPLOAD, notes);

    page.awaitElement(".failure");
    page.awaitText(".failure", "There is no sound in this file");
    page.awaitText(".failure", "Check that this is a recording");
    String first = page.evaluate("location.hash").asText();
    page.evaluate("document.querySelector('.failure').id = 'first'");
    page.click(".failure .button.primary");
    page.awaitElement(".failure:not(#first)");
    assertThat(page.evaluate("location.hash").asText()).isNotEqualTo(first);
    page.awaitText(".failure", "There is no sound in this file");
  }

  @Test
  void aWrongKeyIsRefusedAndTheRightOneIsNot() throws Exception {
    BrowserPage page = browser.newPage();
    page.open(program.address());

    page.type("#key", "0".repeat(40));
    page.press("Enter");

    page.awaitThat("document.querySelector('#key-trouble').textContent !== ''");
    page.awaitText("#key-trouble", "This key is not known here");
    page.awaitThat("document.activeElement.id === 'key'");
    page.type("#key", program.key());
    page.press("Enter");
    page.awaitElement(UPLOAD);
    page.click("#sign-out");
    page.awaitElement("#key");
  }

  @Test
  void theMicrophoneBecomesARecording() throws Exception {
    BrowserPage page = signedIn();

    page.click(".recorder .button");
    page.awaitThat("document.querySelector('.mic-time')?.textContent === '0:02'");
    page.click(".recorder .primary");

    page.awaitElement(".transcript");
    page.awaitThat("/^Recording 2.*\\.webm$/.test(document.querySelector('h1').innerText)");
  }

  @Test
  void onAPageFromElsewhereWithoutEncryptionTheMicrophoneSaysWhyItIsOff() throws Exception {
    BrowserPage page = browser.newPage();
    URI address = program.address();
    page.open(URI.create("http://" + Browser.PLAIN_NAME + ":" + address.getPort() + "/"));
    signIn(page);

    page.awaitText(".recorder", "https");
    assertThat(page.evaluate("document.querySelector('.recorder .button').ariaDisabled").asText())
        .isEqualTo("true");
    page.click(".recorder .button");
    assertThat(page.evaluate("document.querySelector('.mic-time') === null").asBoolean()).isTrue();
  }

  @Test
  void everyControlIsReachedByTabWithANameAndAFrame() throws Exception {
    BrowserPage page = signedIn();
    page.awaitElement("#summary option + option");
    assertThat(stops(page, 7)).contains("file", "spoken", "tell", "text", "summary", "vocabulary");
    page = transcript();
    page.evaluate("document.querySelector('h1').focus()");
    assertThat(stops(page, 12)).contains("search");
  }

  /** The ids of the next elements that the tab key leads to. */
  private static List<String> stops(BrowserPage page, int count) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      page.press("Tab");
      JsonNode stop = page.evaluate(STOP);
      assertThat(stop.path("name").asText()).as(stop.toString()).isNotBlank();
      assertThat(stop.path("frame").asText()).as(stop.toString()).isEqualTo("solid");
      ids.add(stop.path("id").asText());
    }
    return ids;
  }

  @Test
  void recordingsAreSentAndReadWithoutScripts() throws Exception {
    BrowserPage page = browser.newPage();
    page.disableScripts();
    page.open(program.address());

    page.awaitElement("form[action='/plain/session']");
    page.type("#key", "0".repeat(40));
    page.press("Enter");
    page.awaitThat("document.querySelector('.trouble')?.textContent.includes('not known')");
    page.type("#key", program.key());
    page.press("Enter");
    page.awaitElement("form[action^='/plain/process']");
    page.choose(UPLOAD, SPEECH);
    page.click(".button.primary");

    page.awaitElement(".words .text");
    page.awaitText(".words", "ask not");
    page.click("a[href='/plain']");
    page.awaitThat("document.querySelector('.rows')?.innerText.includes('kennedy.flac')");
  }

  @Test
  void aDeviceThatTakesNothingSaysWhy() throws Exception {
    BrowserPage page = signedIn();

    String shown =
        page.evaluate(
                "Promise.all([import('/device.js'), fetch('/v1/status').then((r) => r.json())])"
                    + ".then(([page, status]) => { const view = page.device();"
                    + " view.update({status: {...status, state: 'BLOCKED',"
                    + " blocked: ['The disk is full', 'A model is missing']}});"
                    + " return view.element.textContent; })")
            .asText();

    assertThat(shown).contains("The disk is full", "A model is missing").doesNotContain("[object");
  }

  @Test
  void thePageIsVietnameseForThoseWhoChooseIt() throws Exception {
    BrowserPage page = transcript();

    page.evaluate(
        "(() => { const select = document.querySelector('#tools select'); select.value = 'vi';"
            + " select.dispatchEvent(new Event('change', {bubbles: true})); })()");

    page.awaitThat("document.documentElement.lang === 'vi'");
    page.awaitThat("document.querySelector('.menu summary')?.innerText === 'Tải xuống'");
  }

  @ParameterizedTest
  @CsvSource({"360, 740, light", "360, 740, dark", "1280, 800, light", "1280, 800, dark"})
  void everyViewFitsAndIsAccessible(int width, int height, String colours) throws Exception {
    transcript();
    BrowserPage page = browser.newPage();
    page.size(width, height);
    page.prefer(colours);
    page.open(program.address());
    List<String> violations = new ArrayList<>();

    page.awaitElement("#key");
    violations.addAll(seriousOf("sign-in", page));
    signIn(page);
    violations.addAll(seriousOf("upload", page));
    page.awaitElement(".state:not([hidden])");
    assertThat(page.evaluate(LONG_STATE).asBoolean()).as("the tools stay on the screen").isTrue();
    page.evaluate("location.hash = '" + transcriptAddress + "'");
    page.awaitElement(TRANSCRIPT);
    violations.addAll(seriousOf("transcript", page));
    page.click(".menu summary");
    violations.addAll(seriousOf("downloads", page));
    page.evaluate("location.hash = '#/device'");
    page.awaitElement(".big");
    violations.addAll(seriousOf("device", page));

    page.open(program.address().resolve("plain"));
    violations.addAll(seriousOf("plain", page));
    page.open(program.address().resolve(transcriptAddress.replace("#/task", "plain")));
    page.awaitText(".words", "Speaker 1");
    violations.addAll(seriousOf("plain transcript", page));

    assertThat(violations).isEmpty();
  }

  /** Findings that axe calls serious or critical. */
  private static List<String> seriousOf(String view, BrowserPage page) throws IOException {
    page.assertNothingIsCutOff();
    try (InputStream script = PageInBrowserTest.class.getResourceAsStream("/axe.min.js")) {
      page.evaluate(new String(script.readAllBytes(), UTF_8) + "; true");
    }
    JsonNode found = page.evaluate("axe.run().then((results) => results.violations)");
    List<String> violations = new ArrayList<>();
    for (JsonNode violation : found) {
      if (List.of("serious", "critical").contains(violation.path("impact").asText())) {
        violations.add(view + ": " + violation.path("help") + " " + violation.at("/nodes/0/html"));
      }
    }
    return violations;
  }

  /** About a minute of speech, so that its text comes piece by piece. */
  private static Path minute(String name) {
    Path file = folder.resolve(name);
    String ffmpeg = ExternalProgram.require("ffmpeg").toString();
    ExternalProgram.run(
        List.of(
            ffmpeg, "-v", "error", "-stream_loop", "5", "-i", SPEECH.toString(), file.toString()));
    return file;
  }

  /** A page that shows a transcript; the recording is sent by the first that asks. */
  private static BrowserPage transcript() throws IOException {
    BrowserPage page = signedIn();
    if (transcriptAddress.isEmpty()) {
      page.click("label[for=tell]");
      page.choose(UPLOAD, SPEECH);
    } else {
      page.evaluate("location.hash = '" + transcriptAddress + "'");
    }
    page.awaitElement(TRANSCRIPT);
    transcriptAddress = page.evaluate("location.hash").asText();
    return page;
  }

  private static BrowserPage signedIn() throws IOException {
    BrowserPage page = browser.newPage();
    page.open(program.address());
    signIn(page);
    return page;
  }

  private static void signIn(BrowserPage page) throws IOException {
    page.type("#key", program.key());
    page.press("Enter");
    page.awaitElement(UPLOAD);
  }
}
