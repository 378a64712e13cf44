package io.maie.edge.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.testing.Browser;
import io.maie.edge.testing.BrowserPage;
import io.maie.edge.testing.ExternalProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The images of {@code docs/images}: each view of the page at three widths, light and dark. {@code
 * mvn test -Dtest=PageImagesTest -Dmaie.images=true} takes them anew.
 */
final class PageImagesTest {
  private static final Path IMAGES = Path.of("docs", "images");
  private static final boolean RENEWS = Boolean.getBoolean("maie.images");
  private static final Path SAMPLES = Path.of("src", "main", "dist", "samples");
  private static final List<String> VOICES =
      List.of("monday meeting.flac", "kennedy.flac", "dictation.m4a", "two cities.ogg");
  private static final String UPLOAD = "#file";
  private static final String TRANSCRIPT = ".words .word";
  private static final String FAILURE = ".failure";

  /** Makes small files of them. */
  private static final String FEW_COLOURS =
      "split[a][b];[a]palettegen=max_colors=96[p];[b][p]paletteuse=dither=none";

  /** Windows of a phone, a tablet and a desk. */
  private enum Window {
    PHONE(360, 740),
    TABLET(768, 940),
    DESK(1280, 940);

    private final int width;
    private final int height;

    Window(int width, int height) {
      this.width = width;
      this.height = height;
    }
  }

  @TempDir private Path folder;
  private final Set<String> taken = new TreeSet<>();
  private String transcript = "";
  private String failure = "";

  @Test
  void everyViewHasAnImageAtThreeWidthsInLightAndDark() throws Exception {
    Path home = Files.createDirectory(folder.resolve("home"));
    try (Browser browser = Browser.start(Files.createDirectory(folder.resolve("browser")));
        RunningProgram program = RunningProgram.start(home)) {
      BrowserPage page = browser.newPage();
      page.open(program.link());
      fill(page);
      // a page in which no mouse has been moved
      page = browser.newPage();
      page.open(program.address());
      page.type("#key", program.key());
      page.press("Enter");
      page.awaitElement("#summary option + option");
      takeAll(page, this::takeViews);
      pause(page, home.resolve("inbox"));
      takeAll(page, this::takeDevice);
    }

    try (Stream<Path> kept = Files.list(IMAGES)) {
      assertThat(kept.map(file -> file.getFileName().toString()).collect(Collectors.toSet()))
          .as("the images of docs/images; -Dmaie.images=true takes them anew")
          .isEqualTo(taken);
    }
  }

  /** Takes images of a view at one width in one kind of colours. */
  @FunctionalInterface
  private interface View {
    void take(BrowserPage page, Window window, String suffix) throws IOException;
  }

  private static void takeAll(BrowserPage page, View view) throws IOException {
    for (String colours : List.of("light", "dark")) {
      page.prefer(colours);
      for (Window window : Window.values()) {
        page.size(window.width, window.height);
        view.take(page, window, "-" + window.width + "-" + colours + ".png");
      }
    }
  }

  /** A transcript of four voices, and a failure. */
  private void fill(BrowserPage page) throws IOException {
    Path list = folder.resolve("shopping list.mp3");
    Files.writeString(list, "Milk, bread, apples.\n".repeat(20));
    sent(page, SAMPLES.resolve("voice note.mp3"), TRANSCRIPT);
    failure = sent(page, list, FAILURE);
    transcript = sent(page, conversation(), TRANSCRIPT);
  }

  /** Recordings wait, each for its reason. */
  private static void pause(BrowserPage page, Path inbox) throws IOException {
    Files.createFile(inbox.resolve("PAUSE"));
    page.awaitThat("document.querySelector('.state').dataset.state === 'PAUSED'");
    Files.copy(SAMPLES.resolve("welcome.wav"), inbox.resolve("interview.wav"));
    byte[] whole = Files.readAllBytes(SAMPLES.resolve("dictation.m4a"));
    Files.write(inbox.resolve("half copied.m4a"), Arrays.copyOf(whole, whole.length / 2));
    page.awaitText(".side", "interview.wav");
    page.awaitText(".side", "half copied.m4a");
  }

  /** The address of what became of a recording, once the page shows it. */
  private static String sent(BrowserPage page, Path recording, String outcome) {
    page.evaluate("location.hash = '#/'");
    page.click("label[for=tell]");
    page.choose(UPLOAD, recording);
    page.awaitElement(outcome);
    return page.evaluate("location.hash").asText();
  }

  /** The voices of several samples behind each other. */
  private Path conversation() {
    Path file = folder.resolve("Reading circle.flac");
    List<String> command =
        new ArrayList<>(List.of(ExternalProgram.require("ffmpeg").toString(), "-v", "error"));
    VOICES.forEach(voice -> command.addAll(List.of("-i", SAMPLES.resolve(voice).toString())));
    String sources =
        IntStream.range(0, VOICES.size())
            .mapToObj(voice -> "[" + voice + ":a]")
            .collect(Collectors.joining());
    command.addAll(
        List.of(
            "-filter_complex",
            sources + "concat=n=" + VOICES.size() + ":v=0:a=1",
            "-ar",
            "16000",
            file.toString()));
    ExternalProgram.run(command);
    return file;
  }

  private void takeViews(BrowserPage page, Window window, String suffix) throws IOException {
    page.evaluate("location.hash = '#/'");
    page.awaitElement("#summary option + option");
    take(page, window, "upload" + suffix);
    page.evaluate("location.hash = '" + failure + "'");
    page.awaitElement(FAILURE);
    page.evaluate("document.querySelector('.failure details').open = true");
    take(page, window, "failed" + suffix);
    page.evaluate("location.hash = '" + transcript + "'");
    page.awaitElement(TRANSCRIPT);
    page.evaluate("document.querySelectorAll('.word')[34].click()");
    page.awaitElement(".word.now");
    page.evaluate("document.querySelector('audio').pause(); scrollTo(0, 0)");
    take(page, window, "page" + suffix);
  }

  private void takeDevice(BrowserPage page, Window window, String suffix) throws IOException {
    page.evaluate("location.hash = '#/device'");
    page.awaitText(".device", "PAUSE");
    take(page, window, "device" + suffix);
  }

  private void take(BrowserPage page, Window window, String name) throws IOException {
    page.assertNothingIsCutOff();
    Path file = folder.resolve(name);
    Files.write(file, page.picture());
    assertThat(ImageIO.read(file.toFile()).getWidth()).as(name).isEqualTo(window.width);
    if (RENEWS) {
      ExternalProgram.run(
          List.of(
              ExternalProgram.require("ffmpeg").toString(),
              "-v",
              "error",
              "-y",
              "-i",
              file.toString(),
              "-filter_complex",
              FEW_COLOURS,
              IMAGES.resolve(name).toString()));
    }
    taken.add(name);
  }
}
