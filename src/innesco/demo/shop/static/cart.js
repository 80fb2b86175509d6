// The cart: lives in this browser, is mirrored to the shop's server under its id.
import { all, keep, kept, language, randomId } from "./page.js";
import { track } from "./say.js";

const MOST = 20;

/** `{id, lines: {SKU: quantity}, coupon}`; an id is given at the first look. */
export function cart() {
  const now = kept("cart");
  if (now?.id) return now;
  const fresh = { id: randomId(), lines: {}, coupon: "" };
  keep("cart", fresh);
  return fresh;
}

function change(changed) {
  keep("cart", { ...cart(), ...changed });
  showCount();
}

/** Sets quantities of some SKUs; 0 takes one away. */
export function put(lines) {
  const merged = { ...cart().lines, ...lines };
  change({ lines: Object.fromEntries(Object.entries(merged).filter(([, n]) => n > 0)) });
}

export function useCoupon(coupon) {
  change({ coupon });
}

/** After an order: the next cart is another cart. */
export function emptied() {
  keep("cart", undefined);
  showCount();
}

/** Tells the server what is in the cart; the answer has sums, facts and a fragment to show. */
export async function mirror({ show = "cart", express = false } = {}) {
  const { id, lines, coupon } = cart();
  const answer = await fetch(`/${language}/api/cart/${id}`, {
    method: "PUT",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ lines, coupon, show, express }),
  });
  if (!answer.ok) throw new Error(`the shop answers ${answer.status}`);
  const said = await answer.json();
  change({ lines: said.lines });
  return said;
}

/** Adds to the cart, tells Innesco, and mirrors beside it: the shopper does not wait. */
export function add(facts, quantity) {
  const before = cart().lines[facts.sku] ?? 0;
  put({ [facts.sku]: Math.min(MOST, before + quantity) });
  track("Product Added", { cart_id: cart().id, ...facts, quantity });
  mirror().catch((away) => console.info(away));
}

export const bounded = (quantity) => Math.max(0, Math.min(MOST, quantity));

/** `?rebuild=SKU:2,SKU:1` puts at least so many of each into the cart, and drops nothing. */
export function rebuildFrom(address) {
  const asked = address.searchParams.get("rebuild");
  if (!asked) return false;
  const { lines } = cart();
  const wanted = asked.split(",").slice(0, 60).map((part) => part.split(":"));
  const many = (sku, said) => Math.max(lines[sku] ?? 0, bounded(Number.parseInt(said ?? "1", 10) || 1));
  put(Object.fromEntries(wanted.filter(([sku]) => sku).map(([sku, said]) => [sku, many(sku, said)])));
  address.searchParams.delete("rebuild");
  history.replaceState(history.state, "", address);
  return true;
}

export function showCount() {
  const count = Object.values(cart().lines).reduce((sum, n) => sum + n, 0);
  for (const badge of all("[data-cart-count]")) {
    badge.textContent = count;
    badge.hidden = count === 0;
  }
}
