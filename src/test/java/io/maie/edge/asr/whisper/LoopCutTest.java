package io.maie.edge.asr.whisper;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.asr.seq2seq.ScoredToken;
import io.maie.edge.asr.seq2seq.WordSplitter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LoopCutTest {
  private WhisperTokens ids;
  private ByteLevelTokenizer tokenizer;

  @BeforeEach
  void readVocabulary() throws Exception {
    GoldenWhisper model = GoldenWhisper.open("multilingual");
    ids = model.settings.tokens();
    tokenizer = ByteLevelTokenizer.read(model.settings.tokenizer());
  }

  @Test
  void aWordThatNeverEndsIsNotSaid() {
    LoopCut cut = cut("en", said(" It is A", repeated("q", 16)));
    assertThat(cut.isLoop()).isTrue();
    assertThat(text(cut)).isEqualTo(" It is");
    assertThat(cut.tokens().get(0).id()).isEqualTo(ids.firstTimestamp());
  }

  @Test
  void nothingIsLeftOfATextThatIsOneSuchWord() {
    LoopCut cut = cut("en", said(" A", repeated("q", 16)));
    assertThat(cut.isLoop()).isTrue();
    assertThat(text(cut)).isEmpty();
  }

  @Test
  void wordsThatAreRepeatedStay() {
    List<ScoredToken> said = said(" He said", repeated(" no", 16));
    assertThat(cut("en", said)).isEqualTo(new LoopCut(said, true));
  }

  @Test
  void aTextWithoutALoopStays() {
    List<ScoredToken> said = said(" Aqqqq, he said, and laughed", List.of());
    assertThat(cut("en", said)).isEqualTo(new LoopCut(said, false));
  }

  @Test
  void charactersAreWordsWhereNoBlanksAreWritten() {
    List<ScoredToken> said = said("", repeated("\u306f", 16));
    assertThat(cut("ja", said)).isEqualTo(new LoopCut(said, true));
  }

  private LoopCut cut(String language, List<ScoredToken> said) {
    return LoopCut.of(said, ids, new WordSplitter(tokenizer), language);
  }

  /** A timestamp and text. */
  private List<ScoredToken> said(String begin, List<ScoredToken> rest) {
    List<ScoredToken> said = new ArrayList<>();
    said.add(new ScoredToken(ids.firstTimestamp(), -0.1f));
    said.addAll(tokens(begin));
    said.addAll(rest);
    return said;
  }

  private List<ScoredToken> repeated(String text, int times) {
    List<ScoredToken> all = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      all.addAll(tokens(text));
    }
    return all;
  }

  private List<ScoredToken> tokens(String text) {
    List<ScoredToken> tokens = new ArrayList<>();
    for (int id : tokenizer.encode(text)) {
      tokens.add(new ScoredToken(id, -0.1f));
    }
    return tokens;
  }

  private String text(LoopCut cut) {
    return tokenizer.decode(ids.text(cut.tokens()).stream().mapToInt(ScoredToken::id).toArray());
  }
}
