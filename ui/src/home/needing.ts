// What needs a person, worst first: pure, from the figures of the home page.

export interface Standing {
  stops: readonly unknown[];
  behind_seconds: number;
  failing: number;
  held: number;
  quarantined: number;
}

export type Need =
  | { kind: "stopped" }
  | { kind: "behind"; seconds: number }
  | { kind: "failing" | "held" | "quarantined"; count: number };

/** How far `live` may be behind before somebody should look. */
export const LATE = 30;

export function needs(home: Standing): Need[] {
  const counted = (["failing", "held", "quarantined"] as const).flatMap((kind): Need[] =>
    home[kind] > 0 ? [{ kind, count: home[kind] }] : [],
  );
  return [
    ...(home.stops.length > 0 ? [{ kind: "stopped" } as const] : []),
    ...(home.behind_seconds > LATE
      ? [{ kind: "behind", seconds: home.behind_seconds } as const]
      : []),
    ...counted,
  ];
}
