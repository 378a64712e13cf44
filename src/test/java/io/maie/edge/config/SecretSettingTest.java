package io.maie.edge.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.schema.Key;
import io.maie.edge.schema.Keys;
import io.maie.edge.schema.Problem;
import io.maie.edge.schema.Types;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SecretSettingTest {
  private static final Keys KEYS = new Keys();
  private static final Key<String> TOKEN =
      KEYS.secret("hub.api_token", Types.line(), "", "Opens the model hub.");
  private static final KnownSettings KNOWN = new KnownSettings(KEYS.all());

  private final List<Problem> problems = new ArrayList<>();

  @Test
  void aSecretIsUsedAndNeverShown() {
    SettingValues values = read("hub:\n  api_token: hunter2\n");

    assertThat(values.get(TOKEN)).isEqualTo("hunter2");
    assertThat(values.show(TOKEN)).isEqualTo("[redacted]");
    assertThat(problems).isEmpty();
  }

  @Test
  void theAbsenceOfASecretIsShown() {
    assertThat(read("").show(TOKEN)).isEmpty();
  }

  @Test
  void aMistakeInASecretDoesNotTellIt() {
    read("hub:\n  api_token: [hunter2]\n");

    assertThat(problems)
        .singleElement()
        .hasToString("f:2:3: hub.api_token: expected a text, found [redacted]");
  }

  @Test
  void namesThatSoundSecretAreRedacted() {
    assertThat(KnownSettings.OF_PROGRAM.all())
        .filteredOn(setting -> setting.name().matches(".*(token|secret|password|api_key)"))
        .allMatch(Key::isSecret);
  }

  private SettingValues read(String yaml) {
    SettingsLayer layer = SettingsLayer.ofYaml("f", yaml.getBytes(UTF_8), Origin.Layer.FILE, KNOWN);
    problems.addAll(layer.problems());
    SettingValues values = SettingValues.merge(KNOWN, List.of(layer));
    problems.addAll(values.problems());
    return values;
  }
}
