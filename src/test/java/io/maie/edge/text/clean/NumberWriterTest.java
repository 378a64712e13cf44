package io.maie.edge.text.clean;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.text.TextLanguage;
import io.maie.edge.text.clean.Token.Edge;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NumberWriterTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          one of them came twice               | one of them came twice
          about twenty-five people             | about 25 people
          a hundred and five thousand rows     | 105,000 rows
          fourteen thousand six hundred        | 14,600
          eleven hundred pounds                | 1,100 pounds
          three million users                  | 3 million users
          two point five percent               | 2.5%
          five per cent.                       | 5%.
          fifty dollars, please                | $50, please
          one point two million euros          | €1.2 million
          since nineteen eighty six            | since 1986
          by twenty twenty six                 | by 2026
          in two thousand and nine             | in 2009
          nineteen oh five                     | 1905
          the fifteenth of may                 | the 15th of may
          may twenty first                     | may 21st
          on march second                      | on march 2nd
          wait a second                        | wait a second
          june five                            | june 5
          at half past nine                    | at 9:30
          at a quarter to ten                  | at 9:45
          a quarter of them                    | a quarter of them
          five past two                        | 2:05
          five to ten people                   | five to 10 people
          three thirty p m                     | 3:30 p.m.
          at eight oh five                     | at 8:05
          by seven fifteen.                    | by 7:15.
          call five five five oh one two three | call 5550123
          double four seven one two            | 44712
          three metres                         | 3 metres
          not three twenty but fifteen nine    | not three twenty but fifteen nine
          oh seven seven double oh nine hundred three one six | 07700900316
          dial five five five, zero one four two, now | dial 555, 0142, now
          room three oh two                    | room 302
          one two three go                     | one two three go
          four five six seven hundred          | four five six seven hundred
          twelve dollars and fifty cents       | $12.50
          three dollars and five cents         | $3.05
          two pounds fifty                     | £2.50
          ten pounds of flour                  | 10 pounds of flour
          half a million people                | half a million people
          three and a half percent             | 3.5%
          one and a half million               | 1.5 million
          one and a half of them               | one and a half of them
          oh point five percent                | 0.5%
          version two point one point three    | version 2.1.3
          in the nineteen eighties             | in the 1980s
          june twenty first two thousand and twenty four | june 21st 2024
          april the third                      | april the 3rd
          at three o'clock                     | at 3 o'clock
          leaves at seventeen forty            | leaves at 17:40
          in seventeen forty                   | in 1740
          eleven thirty p.m.                   | 11:30 p.m.
          """)
  void englishNumbersAreWrittenInDigits(String said, String written) {
    assertThat(written(TextLanguage.ENGLISH, said)).isEqualTo(written);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          một người bạn                                   | một người bạn
          nếu họ không đồng ý thì dừng                    | nếu họ không đồng ý thì dừng
          hai đồng nghiệp và năm đồng                     | hai đồng nghiệp và 5 đồng
          họ không ký hợp đồng                            | họ không ký hợp đồng
          âm hai độ hay không độ                          | âm 2 độ hay 0 độ
          không giờ nào rảnh                              | không giờ nào rảnh
          lúc không giờ                                   | lúc 0 giờ
          bảy mươi phần trăm                              | 70%
          hai phẩy năm phần trăm                          | 2,5%
          ba mươi mốt người                               | 31 người
          mười năm trước                                  | 10 năm trước
          ngày mùng chín tháng ba                         | ngày mùng 9 tháng 3
          hai mươi ba tháng tư                            | 23 tháng 4
          năm hai nghìn không trăm hai mươi sáu           | năm 2026
          ba giờ rưỡi chiều                               | 3 giờ 30 chiều
          chín giờ mười lăm                               | 9 giờ 15
          một trăm mười lăm triệu                         | 115 triệu
          bốn tỷ hai trăm triệu đồng                      | 4,2 tỷ đồng
          ba mươi hai triệu bốn trăm nghìn                | 32,4 triệu
          hai triệu rưỡi                                  | 2,5 triệu
          hai trăm lẻ năm                                 | 205
          mười hai nghìn ba trăm                          | 12.300
          không chín không một hai ba bốn năm sáu bảy     | 0901234567
          thứ ba đi họp                                   | thứ ba đi họp
          hai triệu tư                                    | 2,4 triệu
          hai triệu năm ngoái                             | 2 triệu năm ngoái
          ba trăm rưỡi                                    | 350
          một lít rưỡi                                    | 1,5 lít
          ba phẩy một bốn                                 | 3,14
          năm hai không hai sáu                           | năm 2026
          năm một chín bảy lăm                            | năm 1975
          năm năm trước                                   | năm năm trước
          quý bốn                                         | quý 4
          quận một và tầng ba                             | quận 1 và tầng 3
          phòng ba linh hai                               | phòng 302
          chín giờ kém năm                                | 9 giờ kém 5
          mười mấy người                                  | mười mấy người
          tỷ lệ sáu mươi bốn mươi                         | tỷ lệ 60 40
          """)
  void vietnameseNumbersAreWrittenInDigits(String said, String written) {
    assertThat(written(TextLanguage.VIETNAMESE, said)).isEqualTo(written);
  }

  private static String written(TextLanguage language, String said) {
    List<Token> tokens = new ArrayList<>();
    for (String word : said.split(" ", -1)) {
      tokens.add(new Token(word, tokens.size(), tokens.size() + 1L, null, Edge.BLANK));
    }
    return new NumberWriter(language).write(tokens).stream().map(Token::text).collect(joining(" "));
  }
}
