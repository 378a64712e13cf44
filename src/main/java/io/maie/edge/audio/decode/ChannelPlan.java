package io.maie.edge.audio.decode;

import io.maie.edge.audio.ChannelUse;
import io.maie.edge.request.ChannelChoice;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Plan for the channels of one sound: the sum in which they are heard together, and groups of them
 * that are recognised by themselves.
 *
 * @param uses the contribution of each channel to the sum
 * @param separate per group, what each channel contributes to it; empty if the sum is recognised
 * @param reason the reason for recognising them by themselves; empty if they are not
 * @param problem the obstacle to the wish; empty if it was met
 */
record ChannelPlan(
    List<ChannelUse> uses, List<Separate> separate, String reason, Optional<String> problem) {
  /** Correlation of samples from which two channels are one sound whatever was asked for. */
  private static final double SAME_SOUND = 0.99;

  /** Speech of several people at once that is worth hearing them apart, in seconds. */
  private static final double LEAST_SECONDS = 0.5;

  ChannelPlan {
    uses = List.copyOf(uses);
    separate = List.copyOf(separate);
  }

  /**
   * A group of channels that carry the same sound, recognised by itself.
   *
   * @param leader index of the one that speaks for it, from 0
   */
  record Separate(int leader, Mixer.Order order) {}

  /** Plans the channels of {@code sound}, as {@code choice} asks. */
  static ChannelPlan of(TrackRecording sound, ChannelChoice choice) throws IOException {
    SoundMeter meter = sound.meter();
    OptionalInt number = choice.number();
    if (number.isPresent() && number.getAsInt() <= meter.channels().size()) {
      return mixed(ChannelMix.only(meter, number.getAsInt() - 1));
    }
    ChannelMix mix = ChannelMix.of(meter);
    if (number.isPresent()) {
      return new ChannelPlan(
          mix.uses(),
          List.of(),
          "",
          Optional.of(
              "There is no channel '%s'; all channels were heard".formatted(choice.word())));
    }
    if (choice.equals(ChannelChoice.EACH)) {
      List<List<Integer>> each = each(meter);
      return each.size() < 2
          ? mixed(mix.uses())
          : new ChannelPlan(mix.uses(), separate(meter, each), "asked for", Optional.empty());
    }
    return choice.equals(ChannelChoice.MIX) ? mixed(mix.uses()) : chosen(mix, sound);
  }

  /** One sound, in which channels are heard as {@code uses} says. */
  static ChannelPlan mixed(List<ChannelUse> uses) {
    return new ChannelPlan(uses, List.of(), "", Optional.empty());
  }

  private static ChannelPlan chosen(ChannelMix mix, TrackRecording sound) throws IOException {
    SoundMeter meter = sound.meter();
    List<Integer> leaders = mix.groups().stream().map(group -> group.get(0)).toList();
    boolean mayBeSpeech =
        leaders.size() > 1
            && leaders.stream()
                .allMatch(i -> meter.hasLevels(i) && ChannelMix.varies(meter.channels().get(i)));
    double seconds = mayBeSpeech ? DifferentSpeech.seconds(sound, leaders) : 0;
    return seconds < LEAST_SECONDS
        ? mixed(mix.uses())
        : new ChannelPlan(
            mix.uses(),
            separate(meter, mix.groups()),
            String.format(
                Locale.ROOT, "different speech at the same time, for %.1f s or more", seconds),
            Optional.empty());
  }

  /** Every channel that is not silent and no copy of one before. */
  private static List<List<Integer>> each(SoundMeter meter) {
    List<List<Integer>> each = new ArrayList<>();
    for (int i = 0; i < meter.channels().size(); i++) {
      int channel = i;
      boolean isCopy =
          each.stream()
              .anyMatch(
                  before -> Math.abs(meter.correlation(before.get(0), channel)) >= SAME_SOUND);
      if (!ChannelMix.isSilent(meter.channels().get(i)) && !isCopy) {
        each.add(List.of(i));
      }
    }
    return each;
  }

  private static List<Separate> separate(SoundMeter meter, List<List<Integer>> groups) {
    List<Integer> leaders = groups.stream().map(group -> group.get(0)).toList();
    Leakage leakage = new Leakage(meter, leaders);
    List<Separate> separate = new ArrayList<>();
    for (List<Integer> group : groups) {
      int leader = group.get(0);
      separate.add(
          new Separate(
              leader, new Mixer.Order(ChannelMix.together(meter, group), leakage.blocks(leader))));
    }
    separate.sort(Comparator.comparingInt(Separate::leader));
    return separate;
  }

  /**
   * The groups that are recognised by themselves, as they sound.
   *
   * @param numbers of the groups
   * @param sounds the sum of all channels first, then each group
   */
  PartSound.Separate apart(List<Integer> numbers, List<Mixer.MeteredSound> sounds) {
    return new PartSound.Separate(numbers, sounds.subList(1, sounds.size()), reason);
  }

  /** The same, as {@code numbers} count the channels. */
  ChannelPlan numbered(List<Integer> numbers) {
    return new ChannelPlan(
        uses.stream()
            .map(
                use ->
                    new ChannelUse(
                        numbers.get(use.number() - 1), use.role(), use.weight(), use.loudness()))
            .toList(),
        separate,
        reason,
        problem);
  }
}
