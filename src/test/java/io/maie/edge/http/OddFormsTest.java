package io.maie.edge.http;

import static io.maie.edge.http.OddForms.part;
import static io.maie.edge.http.ScratchApi.json;
import static io.maie.edge.http.ScratchApi.taskId;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Forms that other clients write: RFC 7578 and 2046, and what browsers make of them. */
final class OddFormsTest extends ApiScenario {
  private static final String FILE = part("name=\"file\"; filename=\"talk.wav\"", "sound");
  private static final String END = "--b--\r\n";

  @BeforeEach
  void leaveTasksWaiting() {
    api.holdDecoding();
  }

  private String nameOf(String fileName) throws Exception {
    HttpResponse<String> answer =
        api.send(OddForms.request(api, part("name=\"file\"; " + fileName, "sound")));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return json(api.get("/v1/status/" + taskId(answer))).path("name").asText();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          filename*=UTF-8''B%C3%A0i%20n%C3%B3i.wav                  | Bài nói.wav
          filename="talk.wav"; filename*=UTF-8''B%C3%A0i.wav        | Bài.wav
          filename="Bài nói.wav"                                    | Bài nói.wav
          filename=talk.wav                                         | talk.wav
          filename="a \\"b\\" c.wav"                                | a _b_ c.wav
          filename="a %22b%22 c.wav"                                | a _b_ c.wav
          filename="C:\\\\Users\\\\me\\\\talk.wav"                      | talk.wav
          """)
  void fileNamesComeInSeveralForms(String sent, String name) throws Exception {
    assertThat(nameOf(sent)).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({
    "multipart/form-data; boundary=b",
    "multipart/form-data; boundary=\"b\"",
    "Multipart/Form-Data;BOUNDARY=b",
    "multipart/form-data; charset=utf-8; boundary=b"
  })
  void theBoundaryIsFoundHoweverItIsWritten(String type) throws Exception {
    HttpRequest request = OddForms.whole(api, type, "before\r\n" + FILE + END + "after\r\n");

    assertThat(api.send(request).statusCode()).isEqualTo(202);
  }

  @Test
  void anInputThatIsNotFilledInIsNoSecondRecording() throws Exception {
    String empty = part("name=\"file\"; filename=\"\"", "");

    assertThat(api.send(OddForms.request(api, empty, FILE)).statusCode()).isEqualTo(202);
    assertThat(api.send(OddForms.request(api, empty)).statusCode()).isEqualTo(422);
    assertThat(api.send(OddForms.request(api, FILE, FILE)).statusCode()).isEqualTo(422);
  }

  @Test
  void aFormWithoutItsEndSaysSo() throws Exception {
    HttpResponse<String> answer =
        api.send(OddForms.whole(api, "multipart/form-data; boundary=b", FILE));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).path("detail").asText())
        .isEqualTo("The form ends before its last boundary");
  }

  @Test
  void aFormWithoutABoundaryIsRefusedInWordsForPeople() throws Exception {
    HttpResponse<String> answer = api.send(OddForms.whole(api, "multipart/form-data", FILE + END));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).path("detail").asText()).doesNotContain("Exception");
  }

  @Test
  void aCompressedFormIsRefusedWithTheEncodingThatIsTaken() throws Exception {
    HttpRequest request =
        api.keyed("/v1/process")
            .header("Content-Type", "multipart/form-data; boundary=b")
            .header("Content-Encoding", "gzip")
            .POST(HttpRequest.BodyPublishers.ofString(FILE + END))
            .build();

    HttpResponse<String> answer = api.send(request);

    assertThat(answer.statusCode()).isEqualTo(415);
    assertThat(answer.headers().firstValue("Accept-Encoding")).hasValue("identity");
  }
}
