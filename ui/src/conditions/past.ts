// Undo and redo: what was before and after, with what is typed in one go kept as one step.
export interface Past<State> {
  before: readonly State[];
  now: State;
  after: readonly State[];
  going: string | null; // what is being typed; the next letter of it makes no new step
}

const MOST = 200;

export function begun<State>(now: State): Past<State> {
  return { before: [], now, after: [], going: null };
}

/** `typing` names the field being typed into; null is a step of its own. */
export function stepped<State>(
  past: Past<State>,
  now: State,
  typing: string | null = null,
): Past<State> {
  if (now === past.now) return past;
  if (typing !== null && typing === past.going) return { ...past, now, after: [] };
  return {
    before: [...past.before, past.now].slice(-MOST),
    now,
    after: [],
    going: typing,
  };
}

export function undone<State>(past: Past<State>): Past<State> {
  const now = past.before.at(-1);
  if (now === undefined) return past;
  const before = past.before.slice(0, -1);
  return { before, now, after: [past.now, ...past.after], going: null };
}

export function redone<State>(past: Past<State>): Past<State> {
  const [now, ...after] = past.after;
  if (now === undefined) return past;
  return { before: [...past.before, past.now], now, after, going: null };
}
