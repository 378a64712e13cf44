package io.maie.edge.audio.decode;

import io.maie.edge.audio.ChannelUse;
import io.maie.edge.audio.ChannelUse.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Decides from the signal alone which channels make the mono sound that is recognised, and with
 * which weights: silent channels and steady noise beside others are left out, a channel in
 * antiphase is inverted, delayed copies are left out for they would colour the sum, and channels
 * that are independent of each other are brought to a common level.
 */
final class ChannelMix {
  /** LUFS below which a channel counts as silent. */
  private static final double SILENT = -100;

  /** Speech varies more than this from block to block, in dB between quantiles; hum does not. */
  private static final double VARIATION = 6;

  private static final double HIGH = 0.95;
  private static final double LOW = 0.1;

  /** Correlation of samples from which two channels carry the same sound. */
  private static final double ALIKE = 0.5;

  /** Correlation of levels over time from which two channels carry the same sound, delayed. */
  private static final double DELAYED = 0.9;

  /** Differences of level that need no correction, in dB. */
  private static final double SAME_LEVEL = 6;

  private static final double MAX_RAISE = 40;

  /** A raised channel's noise stays that far below the loudness of the loudest one, in dB. */
  private static final double NOISE_DISTANCE = 20;

  private final SoundMeter meter;
  private final Role[] roles;
  private final float[] weights;

  /** Heard channels: those that carry the same sound, the loudest first. */
  private List<List<Integer>> groups = List.of();

  private ChannelMix(SoundMeter meter) {
    this.meter = meter;
    this.roles = new Role[meter.channels().size()];
    this.weights = new float[roles.length];
  }

  /** The sum of all channels that are worth hearing. */
  static ChannelMix of(SoundMeter meter) {
    ChannelMix mix = new ChannelMix(meter);
    mix.decide();
    return mix;
  }

  /** The sum of channels that carry the same sound; {@code group} counts from 0. */
  static List<ChannelUse> together(SoundMeter meter, List<Integer> group) {
    ChannelMix mix = new ChannelMix(meter);
    Arrays.fill(mix.roles, Role.NOT_ASKED_FOR);
    mix.use(group, 1f / group.size());
    return mix.uses();
  }

  /** One channel alone; {@code index} from 0. */
  static List<ChannelUse> only(SoundMeter meter, int index) {
    ChannelMix mix = new ChannelMix(meter);
    Arrays.fill(mix.roles, Role.NOT_ASKED_FOR);
    mix.use(index, 1);
    return mix.uses();
  }

  /** Returns whether the level varies as that of speech does. */
  static boolean varies(ChannelMeter channel) {
    LevelHistogram blocks = channel.blocks();
    return blocks.quantile(HIGH) - blocks.quantile(LOW) >= VARIATION;
  }

  /** Returns whether there is nothing to hear. */
  static boolean isSilent(ChannelMeter channel) {
    return channel.loudness() <= SILENT;
  }

  /** Heard channels: those that carry the same sound, the loudest first. */
  List<List<Integer>> groups() {
    return groups;
  }

  /** Contribution of each channel. */
  List<ChannelUse> uses() {
    return IntStream.range(0, roles.length)
        .mapToObj(
            i -> new ChannelUse(i + 1, roles[i], weights[i], meter.channels().get(i).loudness()))
        .toList();
  }

  private void decide() {
    List<Integer> left = byLoudness();
    if (left.isEmpty()) {
      use(0, 1);
      return;
    }
    List<Integer> varying = left.stream().filter(i -> varies(meter.channels().get(i))).toList();
    if (!varying.isEmpty()) {
      left.stream().filter(i -> !varying.contains(i)).forEach(i -> roles[i] = Role.STEADY_NOISE);
      left = varying;
    }
    groups = groups(left);
    for (List<Integer> group : groups) {
      use(group, (float) raise(group.get(0), left.get(0)) / groups.size() / group.size());
    }
  }

  private void use(List<Integer> group, float weight) {
    for (int channel : group) {
      boolean inverted = meter.correlation(group.get(0), channel) < 0;
      use(channel, inverted ? -weight : weight);
    }
  }

  /** Channels that are not silent, the loudest first; the roles of the others are decided. */
  private List<Integer> byLoudness() {
    List<Integer> live = new ArrayList<>();
    for (int i = 0; i < roles.length; i++) {
      roles[i] = Role.SILENT;
      if (!isSilent(meter.channels().get(i))) {
        live.add(i);
      }
    }
    live.sort(Comparator.comparing((Integer i) -> -meter.channels().get(i).loudness()));
    return live;
  }

  /** Channels that carry the same sound belong together; the first of a group is the loudest. */
  private List<List<Integer>> groups(List<Integer> channels) {
    List<List<Integer>> groups = new ArrayList<>();
    for (int channel : channels) {
      List<Integer> home = null;
      boolean isDelayed = false;
      for (List<Integer> group : groups) {
        double alike = Math.abs(meter.correlation(group.get(0), channel));
        if (alike >= ALIKE) {
          home = group;
        }
        isDelayed |= alike < ALIKE && meter.envelopeCorrelation(group.get(0), channel) >= DELAYED;
      }
      if (home != null) {
        home.add(channel);
      } else if (isDelayed) {
        roles[channel] = Role.DELAYED_COPY;
      } else {
        groups.add(new ArrayList<>(List.of(channel)));
      }
    }
    return groups;
  }

  /** The factor that brings a channel to the loudness of the loudest one. */
  private double raise(int channel, int loudest) {
    ChannelMeter one = meter.channels().get(channel);
    double target = meter.channels().get(loudest).loudness();
    double wanted = target - one.loudness();
    if (wanted <= SAME_LEVEL) {
      return 1;
    }
    double allowed = target - NOISE_DISTANCE - one.blocks().quantile(LOW);
    return Math.pow(10, Math.max(0, Math.min(Math.min(wanted, allowed), MAX_RAISE)) / 20);
  }

  /** Hears a channel, inverted where the weight is negative. */
  private void use(int channel, float weight) {
    roles[channel] = weight < 0 ? Role.INVERTED : Role.USED;
    weights[channel] = weight;
  }
}
