// What needs a person, worst first: pure, from the figures of the home page.

export interface Standing {
  stops: readonly unknown[];
  little_room: boolean;
  lacks_sender: boolean;
  behind_seconds: number;
  failed: number;
  uncertain: number;
  held: number;
  quarantined: number;
  drafts: number;
}

const COUNTED = ["failed", "uncertain", "held", "quarantined", "drafts"] as const;

export type Need =
  | { kind: "room" | "stopped" | "sender" }
  | { kind: "behind"; seconds: number }
  | { kind: (typeof COUNTED)[number]; count: number };

/** Figures this fresh count as up to now. */
export const SOON = 5;

/** How far `live` may be behind before somebody should look. */
export const LATE = 30;

export function needs(home: Standing): Need[] {
  const counted = COUNTED.flatMap((kind): Need[] =>
    home[kind] > 0 ? [{ kind, count: home[kind] }] : [],
  );
  return [
    ...(home.little_room ? [{ kind: "room" } as const] : []),
    ...(home.stops.length > 0 ? [{ kind: "stopped" } as const] : []),
    ...(home.lacks_sender ? [{ kind: "sender" } as const] : []),
    ...(home.behind_seconds > LATE
      ? [{ kind: "behind", seconds: home.behind_seconds } as const]
      : []),
    ...counted,
  ];
}
