// Google Analytics 4's e-commerce events (https://developers.google.com/analytics/devguides/
// collection/ga4/ecommerce), said in the names of Segment's e-commerce spec: the shop that has
// GA4 tells Innesco the same without a line of code.

import { amountOf } from "./amount";
import type { Facts } from "./message";

export interface Told {
  event: string;
  properties: Facts;
}

/** How the parameters of one GA4 event become events of ours. */
type Telling = (event: string, given: Facts) => Told[];

/** More lines of a list than this are not looked at by anybody, and do not fit a message. */
const LONGEST_LIST = 50;

const EVENTS: Record<string, [event: string, telling: Telling]> = {
  view_item_list: ["Product List Viewed", list],
  select_item: ["Product Clicked", eachProduct],
  view_item: ["Product Viewed", eachProduct],
  add_to_wishlist: ["Product Added to Wishlist", eachProduct],
  add_to_cart: ["Product Added", eachProduct],
  remove_from_cart: ["Product Removed", eachProduct],
  view_cart: ["Cart Viewed", cart],
  begin_checkout: ["Checkout Started", order],
  add_shipping_info: ["Checkout Step Completed", checkoutStep],
  add_payment_info: ["Payment Info Entered", checkoutStep],
  purchase: ["Order Completed", order],
  refund: ["Order Refunded", order],
  view_promotion: ["Promotion Viewed", promotion],
  select_promotion: ["Promotion Clicked", promotion],
  search: ["Products Searched", search],
  view_search_results: ["Products Searched", search],
};

/** `tell("add_to_cart", {currency: "EUR", items: [{item_id: "SKU1", price: "19,90"}]})`. */
export function tell(name: string, given: Facts): Told[] {
  const known = Object.prototype.hasOwnProperty.call(EVENTS, name) ? EVENTS[name] : undefined;
  return known ? known[1](known[0], given) : [];
}

function eachProduct(event: string, given: Facts): Told[] {
  const items = itemsOf(given);
  return items.map((item) => {
    const product = productOf(item);
    const whole = items.length === 1 ? amountOf(given.value) : undefined;
    const price = product.price as number | undefined;
    const value = whole ?? (price === undefined ? undefined : price * (product.quantity as number));
    return {
      event,
      properties: stated({
        ...product,
        currency: given.currency ?? item.currency,
        value,
        cart_id: given.cart_id,
        list_id: item.item_list_id ?? given.item_list_id,
      }),
    };
  });
}

function list(event: string, given: Facts): Told[] {
  const items = itemsOf(given).slice(0, LONGEST_LIST);
  const list_id = given.item_list_id ?? items[0]?.item_list_id;
  const category = given.item_list_name ?? items[0]?.item_list_name;
  return [{ event, properties: stated({ list_id, category, products: items.map(productOf) }) }];
}

function cart(event: string, given: Facts): Told[] {
  return [{ event, properties: stated({ cart_id: given.cart_id, ...sums(given) }) }];
}

function order(event: string, given: Facts): Told[] {
  const { transaction_id: order_id, affiliation, cart_id } = given;
  const total = event === "Checkout Started" ? undefined : amountOf(given.value);
  const [shipping, tax] = [amountOf(given.shipping), amountOf(given.tax)];
  const discount = amountOf(given.discount);
  const properties = { order_id, cart_id, affiliation, total, shipping, tax, discount };
  return [{ event, properties: stated({ ...properties, ...sums(given) }) }];
}

function checkoutStep(event: string, given: Facts): Told[] {
  const { shipping_tier: shipping_method, payment_type: payment_method } = given;
  return [{ event, properties: stated({ shipping_method, payment_method, ...sums(given) }) }];
}

/** The promotion stands beside the items, or, in GA4's older form, in each of them. */
function promotion(event: string, given: Facts): Told[] {
  const { promotion_id, promotion_name, creative_name, creative_slot } = {
    ...itemsOf(given)[0],
    ...given,
  } as Facts;
  const properties = { name: promotion_name, creative: creative_name, position: creative_slot };
  return [{ event, properties: stated({ promotion_id, ...properties }) }];
}

function search(event: string, given: Facts): Told[] {
  const query = given.search_term;
  return query ? [{ event, properties: { query } }] : [];
}

function sums(given: Facts): Facts {
  const items = itemsOf(given);
  return {
    currency: given.currency ?? items[0]?.currency,
    value: amountOf(given.value),
    coupon: given.coupon,
    products: items.map(productOf),
  };
}

/** GA4 has one id for a product, and its own examples fill it with the SKU: it is both of ours. */
function productOf(item: Facts): Facts {
  const id = item.item_id ?? item.id;
  return stated({
    product_id: id,
    sku: id,
    name: item.item_name ?? item.name,
    category: categoryOf(item),
    brand: item.item_brand ?? item.brand,
    variant: item.item_variant ?? item.variant,
    price: amountOf(item.price),
    quantity: amountOf(item.quantity) ?? 1,
    coupon: item.coupon,
    position: item.index,
    url: item.url ?? item.item_url,
    image_url: item.image_url,
  });
}

/** `item_category` … `item_category5` are the levels of one tree: `Scarpe > Running`. */
function categoryOf(item: Facts): string | undefined {
  const levels = ["", "2", "3", "4", "5"].map((level) => item[`item_category${level}`]);
  return levels.filter(Boolean).join(" > ") || undefined;
}

function itemsOf(given: Facts): Facts[] {
  const items = Array.isArray(given.items) ? given.items : [];
  return items.filter((item) => typeof item === "object" && item !== null);
}

/** Without what was not said: absent is absent, not empty. */
function stated(facts: Facts): Facts {
  return Object.fromEntries(
    Object.entries(facts).filter(([, fact]) => fact !== undefined && fact !== null && fact !== ""),
  );
}
