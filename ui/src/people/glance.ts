// The figures at the top of a person's page: pure, so that they are tested without a browser.

interface Order {
  moment: string;
  value: number;
  refunded: number;
  cancelled: boolean;
}

/** Orders that stand, what they were worth less what was paid back, and when the last one was. */
export function bought(orders: readonly Order[]) {
  const standing = orders.filter((order) => !order.cancelled);
  return {
    orders: standing.length,
    value: standing.reduce((sum, order) => sum + order.value - order.refunded, 0),
    last:
      standing
        .map((order) => order.moment)
        .sort()
        .at(-1) ?? null,
  };
}

export type May = "yes" | "pending" | "no" | "nowhere";

interface Reachable {
  email: string | null;
  consents: readonly { channel: string; address: string; purpose: string; state: string }[];
}

/** Whether marketing may go to her address; consent belongs to the address, not to the person. */
export function mayMail({ email, consents }: Reachable): May {
  if (!email) return "nowhere";
  const said = consents.find(
    (one) => one.channel === "email" && one.address === email && one.purpose === "marketing",
  )?.state;
  if (said === "given") return "yes";
  return said === "pending" ? "pending" : "no";
}
