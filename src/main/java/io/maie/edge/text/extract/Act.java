package io.maie.edge.text.extract;

/** An act of speech: a sentence does it, and its shape tells; see {@code /text/acts/}. */
enum Act {
  /** Says that something is settled: "So the twenty-fourth it is." */
  DECIDED,
  /** Says what will be, stays, ends or waits, which may settle it: "We'll leave the website." */
  SETTLED,
  /** Says what he means to do: a decision of one who talks to himself. */
  INTENTION,
  /** Offers something to be settled: "What if we moved it?" */
  PROPOSAL,
  ASSENT,
  DISSENT,
  PROMISE,
  REQUEST,
  /** Says what somebody has to do, or will do. */
  DUTY,
  ORDER,
  /** An order to oneself: "Buy milk." A task only where one person speaks. */
  SHORTORDER,
  /** Opens like the answer of one who takes a task: "I'll", "Will do". */
  ANSWER,
  /** Names what will be talked about: "The website. Bea." */
  TOPIC,
  /** Neither settles nor asks anything, whatever else it looks like. */
  NEVER,
  DOUBT,
  /** Tells of what was. */
  PAST,
  /** Tells of a task that is done. */
  DONE,
  /** Puts a question to the vote. */
  VOTE,
  /** Tells how a vote ended. */
  RESULT
}
