// Where the way to an order breaks, and which break costs most.

export interface Step {
  event: string; // what one did to be counted here
  people: number;
}

export interface Break {
  after: string;
  before: number; // people at this step
  lost: number; // of them, those who did not go on
  orders: number; // orders there would be, had the lost gone on as the others did
}

/** Every place where somebody got lost, dearest first. */
export function breaks(steps: readonly Step[]): Break[] {
  const last = steps.at(-1)?.people ?? 0;
  const found = steps.slice(0, -1).flatMap((here, place) => {
    const next = steps[place + 1]?.people ?? 0;
    const lost = Math.max(0, here.people - next);
    const orders = next > 0 ? (lost * last) / next : 0;
    return lost > 0 ? [{ after: here.event, before: here.people, lost, orders }] : [];
  });
  return found.sort((one, other) => other.orders - one.orders || other.lost - one.lost);
}

/** Each step with its share of the step before and of all. */
export function shares(steps: readonly Step[]): (Step & { before: number; all: number })[] {
  const all = steps[0]?.people ?? 0;
  return steps.map((step, place) => ({
    ...step,
    before: steps[place - 1]?.people ?? step.people,
    all,
  }));
}
