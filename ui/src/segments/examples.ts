// Where somebody who has no segment yet may begin.
import type { Document } from "@/conditions/document";

export const LOOKED_NOT_BOUGHT = {
  kind: "all",
  conditions: [
    {
      kind: "did",
      event: "Product Viewed",
      window: { window: "last", length: { days: 7 } },
      is: { operator: ">=", number: 3 },
    },
    { kind: "not", condition: { kind: "did", event: "Order Completed" } },
  ],
} as Document;
