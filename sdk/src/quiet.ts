// Keeps our mistakes to ourselves: whatever goes wrong in here, the shop's own page goes on.

let told = false;

/** Say a mistake once, where only a developer looks for it. */
export function tell(mistake: unknown): void {
  if (told) return;
  told = true;
  console.debug("innesco:", mistake);
}

/** The same function, which answers `undefined` where it would have thrown. */
export function quiet<A extends unknown[], R>(work: (...given: A) => R) {
  return (...given: A): R | undefined => {
    try {
      return work(...given);
    } catch (mistake) {
      tell(mistake);
      return undefined;
    }
  };
}
