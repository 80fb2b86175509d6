// The cart's page: quantities, promotion code, and the link that rebuilds a cart.
import { bounded, cart, mirror, put, rebuildFrom, useCoupon } from "./cart.js";
import { one, toast, words } from "./page.js";
import { track } from "./say.js";

const box = () => one("[data-cart]");

export async function showCart() {
  const rebuilt = rebuildFrom(new URL(location.href));
  const said = await refresh();
  if (!said) return;
  if (rebuilt) toast(words.rebuilt);
  track("Cart Viewed", said.facts);
  box().addEventListener("click", clicked);
  box().addEventListener("submit", typed);
}

async function refresh() {
  try {
    const said = await mirror();
    box().innerHTML = said.html;
    return said;
  } catch (away) {
    console.info(away);
    toast(words.shop_away);
  }
}

async function clicked({ target }) {
  const sku = target.closest("[data-line]")?.dataset.line;
  if (target.closest("[data-remove]")) await quantity(sku, 0);
  else if (target.closest("[data-step]")) {
    await quantity(sku, bounded(cart().lines[sku] + Number(target.closest("[data-step]").dataset.step)));
  } else if (target.closest("[data-coupon-remove]")) {
    const had = cart().coupon;
    useCoupon("");
    const said = await refresh();
    if (said) track("Coupon Removed", { cart_id: cart().id, coupon_id: had.toUpperCase() });
  }
}

/** Segment has no event for a changed quantity: the difference is added or removed. */
async function quantity(sku, wanted) {
  const before = cart().lines[sku];
  const was = await mirror();
  put({ [sku]: wanted });
  const said = await refresh();
  if (!said || wanted === before) return;
  const facts = [...said.facts.products, ...was.facts.products].find((each) => each.sku === sku);
  const event = wanted > before ? "Product Added" : "Product Removed";
  track(event, { cart_id: cart().id, ...facts, quantity: Math.abs(wanted - before) });
  one(`[data-line="${sku}"] [data-step="${wanted > before ? 1 : -1}"]`)?.focus();
}

async function typed(submit) {
  submit.preventDefault();
  const code = new FormData(submit.target).get("coupon")?.trim().toUpperCase();
  if (!code) return;
  const coupon = { cart_id: cart().id, coupon_id: code };
  track("Coupon Entered", coupon);
  useCoupon(code);
  const said = await refresh();
  if (!said) return;
  if (said.coupon) track("Coupon Applied", { ...coupon, discount: said.facts.discount ?? 0 });
  else {
    track("Coupon Denied", { ...coupon, reason: said.refused });
    useCoupon(""); // kept in the field, not in the cart
  }
}
