package io.maie.edge.text.extract;

import io.maie.edge.text.TextLanguage;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Selects the words of a transcript that carry meaning, and joins the inflections of one term. */
final class Words {
  private static final Set<String> ENGLISH =
      Set.copyOf(
          List.of(
              ("a about above after again all almost also always am an and any anybody anyone"
                      + " anything are aren't around as ask at away back be because been before being"
                      + " both but by came can can't cannot could couldn't did didn't do does doesn't"
                      + " doing don't done down each either else even ever every everybody everyone"
                      + " everything few first for from get gets getting give given go goes going gone"
                      + " good got great had has have haven't having he he's her here here's hers him"
                      + " his how i i'd i'll i'm i've if in into is isn't it it's its just keep kind"
                      + " know last let let's like little look lot lovely made make makes many may"
                      + " maybe me mean might mine more most much must my never next no nobody none"
                      + " nor not nothing now of off oh ok okay on one ones only onto or other our"
                      + " ours out over own perhaps please put quite rather really right said same saw"
                      + " say says see seem seen shall she she's should since so some somebody someone"
                      + " something sort still such sure take tell than thank thanks that that's the"
                      + " their them then there there's these they they'd they'll they're they've"
                      + " thing things think this those though through till to too try two um uh under"
                      + " until up upon us very want wants was wasn't way we we'd we'll we're we've"
                      + " well went were weren't what what's when where whether which while who who's"
                      + " whom whose why will with won't would wouldn't yeah yes yet you you'd you'll"
                      + " you're you've your yours three four five six seven eight nine ten eleven"
                      + " twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty"
                      + " thirty forty fifty sixty seventy eighty ninety hundred thousand million half"
                      + " time times new need needs week weeks day days year years come comes taken"
                      + " used instead without long another former minute minutes people moment bit"
                      + " okay dear")
                  .split(" ", -1)));
  private static final Set<String> VIETNAMESE =
      Set.copyOf(
          List.of(
              ("à ạ ai anh ấy bà bác bạn bao bây bị bởi cả các cái càng cần cậu chẳng chỉ chị cho"
                      + " chú chứ chưa có cô còn của cũng cùng cứ dạ do đã đang đây đấy đâu để đến đều"
                      + " đi đó được em gì giờ hả hay hết hoặc hơn họ khi không kia là lại lắm lên"
                      + " luôn lúc mà mấy mình mọi một mới muốn nào này nên nếu ngay như nhưng những"
                      + " nhau nhé nhỉ nó nữa ở ông phải qua quá ra rằng rất rồi sao sau sẽ tại theo"
                      + " thì thế thôi tôi trên trong trước từ tự và vẫn vào vâng về vì việc với vậy"
                      + " xong xuống ừ ừm đúng nghĩ nói biết làm hai ba bốn năm sáu bảy tám chín mười"
                      + " mươi trăm nghìn triệu tỷ khoảng người ngày tháng tuần giờ mọi bên vừa hỏi"
                      + " thêm thể tiếp xem thấy cảm ơn chào xin tuy nhiên chúng ta")
                  .split(" ", -1)));

  /** A word in more of the sentences than this tells nothing, in languages without a list. */
  private static final double EVERYWHERE = 0.12;

  private static final int STEM = 6;
  private static final int SHORT = 3;

  private final TextLanguage language;
  private final Set<String> empty;

  Words(TextLanguage language, List<Line> lines) {
    this.language = language;
    empty =
        switch (language) {
          case ENGLISH -> ENGLISH;
          case VIETNAMESE -> VIETNAMESE;
          case OTHER -> frequent(lines);
        };
  }

  private static Set<String> frequent(List<Line> lines) {
    Map<String, Integer> counts = new HashMap<>();
    lines.forEach(
        line -> new HashSet<>(line.words()).forEach(word -> counts.merge(word, 1, Integer::sum)));
    Set<String> frequent = new HashSet<>();
    counts.forEach(
        (word, count) -> {
          if (word.length() <= SHORT || count > Math.max(2, EVERYWHERE * lines.size())) {
            frequent.add(word);
          }
        });
    return frequent;
  }

  boolean isEmpty(String word) {
    return empty.contains(word) || word.length() < 2;
  }

  /** The terms of a sentence: inflections of English and unknown languages are cut off. */
  List<String> terms(Line line) {
    return line.words().stream().filter(word -> !isEmpty(word)).map(this::term).toList();
  }

  String term(String word) {
    boolean isWhole =
        language == TextLanguage.VIETNAMESE || word.codePointCount(0, word.length()) <= STEM;
    String plain = isWhole ? word : word.substring(0, word.offsetByCodePoints(0, STEM));
    boolean isPlural =
        language == TextLanguage.ENGLISH && plain.length() > SHORT && plain.endsWith("s");
    return isPlural ? plain.substring(0, plain.length() - 1) : plain;
  }
}
