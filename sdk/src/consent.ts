// What the visitor allows: to keep something on the device, and to be profiled. Three may speak,
// the page's tag, a consent banner (Google Consent Mode or TCF) and the shop's own call, and the
// last of these three that has said something on a point is right.

export interface Consent {
  /** Cookies and localStorage may be used (in Italy: art. 122 of the Codice Privacy). */
  storage: boolean;
  /** What is learnt may be used to choose what this person is shown and sent. */
  profiling: boolean;
}

export type Speaker = "tag" | "banner" | "shop";

/** What was said so far, by whom. */
export type Words = Record<Speaker, Partial<Consent>>;

export interface Signal {
  by: Speaker;
  said: Partial<Consent>;
  /** The visitor has chosen; otherwise it is what holds until the choice is known. */
  chosen: boolean;
}

export function wordsOfTag(start: Consent): Words {
  return { tag: start, banner: {}, shop: {} };
}

export function consentOf(words: Words): Consent {
  const { storage, profiling } = { ...words.tag, ...words.banner, ...words.shop };
  return { storage: storage === true, profiling: profiling === true };
}

/**
 * A signal added to what was said. Of several defaults (a banner may state one for each region,
 * and we do not know the visitor's) the one that denies holds until there is a choice.
 */
export function hear(words: Words, { by, said, chosen }: Signal): Words {
  const before = words[by];
  const now = { ...before };
  for (const point of ["storage", "profiling"] as const) {
    const answer = said[point];
    if (answer !== undefined) now[point] = chosen ? answer : answer && before[point] !== false;
  }
  return { ...words, [by]: now };
}
