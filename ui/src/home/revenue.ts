// What the revenue card says: pure, from the figures of these seven days and those before.
import type { Sold } from "@/api/schema";

export type Trend = "up" | "down" | "same" | "first";

/** Against the week before; without orders before, there is nothing to compare with. */
export function trend(sold: Sold, before: Sold): Trend {
  if (before.orders === 0) return "first";
  if (sold.value === before.value) return "same";
  return sold.value > before.value ? "up" : "down";
}
