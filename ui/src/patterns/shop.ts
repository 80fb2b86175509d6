// The shop one looks at: its zone, its money, and its time (which a demo may have moved).
import { createContext, useContext } from "react";

export interface Shop {
  zone: string;
  currency: string;
  ahead: number; // milliseconds that the shop's clock is ahead of this browser's
}

export const ShopContext = createContext<Shop>({ zone: "Europe/Rome", currency: "EUR", ahead: 0 });

export function useShop(): Shop {
  return useContext(ShopContext);
}
