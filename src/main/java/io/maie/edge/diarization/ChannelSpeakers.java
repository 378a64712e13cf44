package io.maie.edge.diarization;

import static java.util.Objects.requireNonNull;

import io.maie.edge.audio.ChannelLevels;
import io.maie.edge.audio.SampleSpan;
import io.maie.edge.audio.SpeechRegion;
import io.maie.edge.audio.Waveform;
import io.maie.edge.transcript.Turn;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Speakers by the channels of a recording, as in calls of which each side is recorded on its own. A
 * channel in which several people talk is shared out among their voices.
 */
public final class ChannelSpeakers {
  /** Two channels of different people: 8 dB from one microphone to the other, there and back. */
  private static final double LEAST_SEPARATION = 16;

  /** A channel with less speech has no speaker, in seconds. */
  private static final double LEAST_SECONDS = 1.5;

  /** A turn of less is noise: 0.2 s. */
  private static final long SHORTEST = Waveform.SAMPLE_RATE / 5;

  /** A further voice in a channel is a person from so much on, in samples: 10 s. */
  private static final long LEAST_VOICE = 10L * Waveform.SAMPLE_RATE;

  /** The same as a share of the speech in the channel. */
  private static final double LEAST_SHARE = 0.15;

  /** A voice belongs to a channel that holds at least this share of it. */
  private static final double AT_HOME = 0.8;

  private final ChannelLevels levels;
  private final ChannelActivity activity;
  private final List<Integer> speaking;

  /**
   * Judges the channels.
   *
   * @param speech the stretches in which somebody talks
   */
  public ChannelSpeakers(ChannelLevels levels, List<SpeechRegion> speech) {
    this.levels = requireNonNull(levels, "levels is null");
    this.activity = new ChannelActivity(levels, speech);
    this.speaking =
        IntStream.range(0, levels.channels())
            .filter(channel -> activity.seconds(channel) >= LEAST_SECONDS)
            .boxed()
            .toList();
  }

  /**
   * Speakers who were found by channels.
   *
   * @param channels the number of the channel of each speaker, by the speaker's number
   */
  public record Found(Diarization diarization, Map<Integer, Integer> channels) {

    public Found {
      requireNonNull(diarization, "diarization is null");
      channels = Map.copyOf(channels);
    }
  }

  /** The number of channels that have speech of their own. */
  public int count() {
    return speaking.size();
  }

  /** Returns whether several channels have speech, and each is quiet while another one has. */
  public boolean areDifferentPeople() {
    return speaking.size() > 1
        && speaking.stream()
            .allMatch(
                one ->
                    speaking.stream()
                        .filter(other -> !other.equals(one))
                        .allMatch(other -> activity.separation(one, other) >= LEAST_SEPARATION));
  }

  /** Each channel as one speaker; without voices. */
  public Found alone() {
    return with(Diarization.EMPTY);
  }

  /**
   * Each channel as one speaker, or as several if {@code voices} found several there. A speaker has
   * the voice that talks in his channel most.
   *
   * @param voices who was found by voice, in the sum of the channels
   */
  public Found with(Diarization voices) {
    List<Person> people = new ArrayList<>();
    Sharing sharing = new Sharing(voices.turns());
    speaking.forEach(channel -> people.addAll(sharing.people(channel)));
    people.sort(
        Comparator.comparing((Person person) -> person.spans().get(0))
            .thenComparingInt(Person::channel));
    List<Turn> turns = new ArrayList<>();
    List<Diarization.Voice> known = new ArrayList<>();
    Map<Integer, Integer> channels = new LinkedHashMap<>();
    for (Person person : people) {
      int number = channels.size() + 1;
      channels.put(number, levels.number(person.channel()));
      person.spans().forEach(span -> turns.add(new Turn(span, number)));
      voice(voices, person.voice())
          .ifPresent(voice -> known.add(new Diarization.Voice(number, voice.embedding())));
    }
    turns.sort(Comparator.comparing(Turn::span).thenComparingInt(Turn::speaker));
    return new Found(new Diarization(turns, known), channels);
  }

  /**
   * Somebody in a channel.
   *
   * @param voice the number that his voice has among those that were found; 0 = none
   */
  private record Person(int channel, int voice, List<SampleSpan> spans) {

    Person {
      spans = List.copyOf(spans);
    }

    /** The same without what is too short to be a turn; nobody if nothing is left. */
    List<Person> withoutNoise() {
      List<SampleSpan> turns = spans.stream().filter(span -> span.length() >= SHORTEST).toList();
      return turns.isEmpty() ? List.of() : List.of(new Person(channel, voice, turns));
    }
  }

  private static Optional<Diarization.Voice> voice(Diarization voices, int number) {
    return voices.voices().stream().filter(voice -> voice.speaker() == number).findFirst();
  }

  /** The channels with the voices that were found in their sum. */
  private final class Sharing {
    private final TurnIndex turns;

    /** By the channel, the samples that each voice talks in it. */
    private final Map<Integer, Map<Integer, Long>> shares = new HashMap<>();

    Sharing(List<Turn> turns) {
      this.turns = new TurnIndex(turns);
      speaking.forEach(channel -> shares.put(channel, shares(channel)));
    }

    private Map<Integer, Long> shares(int channel) {
      Map<Integer, Long> own = new TreeMap<>();
      for (SampleSpan span : activity.spans(channel)) {
        for (Turn turn : turns.near(span, 0)) {
          own.merge(turn.speaker(), TurnIndex.overlap(turn.span(), span), Long::sum);
        }
      }
      return own;
    }

    /** Those who talk in a channel. */
    List<Person> people(int channel) {
      Map<Integer, Long> own = shares.getOrDefault(channel, Map.of());
      long all = own.values().stream().mapToLong(Long::longValue).sum();
      List<Integer> residents =
          own.entrySet().stream()
              .filter(voice -> voice.getValue() >= Math.max(LEAST_VOICE, LEAST_SHARE * all))
              .filter(voice -> isAtHome(voice.getKey(), voice.getValue()))
              .map(Map.Entry::getKey)
              .toList();
      if (residents.size() < 2) {
        int most =
            own.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(0);
        return new Person(channel, most, activity.spans(channel)).withoutNoise();
      }
      List<Person> people = new ArrayList<>();
      sharedOut(channel, residents)
          .forEach(
              (voice, spans) -> people.addAll(new Person(channel, voice, spans).withoutNoise()));
      return people;
    }

    private boolean isAtHome(int voice, long here) {
      long everywhere =
          shares.values().stream().mapToLong(channel -> channel.getOrDefault(voice, 0L)).sum();
      return here >= AT_HOME * everywhere;
    }

    /** Gives each block of a channel to the resident voice that talks in it, or talked last. */
    private Map<Integer, List<SampleSpan>> sharedOut(int channel, List<Integer> residents) {
      Map<Integer, List<SampleSpan>> parts = new TreeMap<>();
      int before = residents.get(0);
      for (SampleSpan span : activity.spans(channel)) {
        for (long at = span.start(); at < span.end(); at += ChannelLevels.BLOCK_SAMPLES) {
          SampleSpan block =
              new SampleSpan(at, Math.min(span.end(), at + ChannelLevels.BLOCK_SAMPLES));
          before = resident(block, residents).orElse(before);
          append(parts.computeIfAbsent(before, voice -> new ArrayList<>()), block);
        }
      }
      return parts;
    }

    private Optional<Integer> resident(SampleSpan block, List<Integer> residents) {
      return turns.near(block, 0).stream()
          .filter(turn -> residents.contains(turn.speaker()))
          .max(Comparator.comparingLong(turn -> TurnIndex.overlap(turn.span(), block)))
          .map(Turn::speaker);
    }
  }

  private static void append(List<SampleSpan> spans, SampleSpan block) {
    int last = spans.size() - 1;
    if (last >= 0 && spans.get(last).end() == block.start()) {
      spans.set(last, new SampleSpan(spans.get(last).start(), block.end()));
    } else {
      spans.add(block);
    }
  }
}
