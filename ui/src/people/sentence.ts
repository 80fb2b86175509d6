// What a person did, as one sentence: pure, so that it is tested without a browser.
import { money } from "@/reading/money";
import { happened } from "./happened";
import type { Language } from "@/words/language";

/** An event as the server tells it: `facts` hold money in minor units, `properties` the names. */
export interface Happened {
  name: string;
  facts?: Record<string, unknown>;
  properties?: Record<string, unknown>;
}

/** `sentence({name: "Product Viewed", …}, "it")` is `Ha guardato Moka Luna (34,90 €)`. */
export function sentence(event: Happened, language: Language): string {
  const known = Object.hasOwn(happened, event.name);
  const words = known ? happened[event.name as keyof typeof happened] : happened.other;
  const said = blanks(event, language);
  const filled = words[language].replace(/{{(\w+)}}/g, (_, blank: string) => said[blank] ?? "");
  return filled.replace(/ {2,}/g, " ").trim();
}

function blanks({ name, facts = {}, properties = {} }: Happened, language: Language) {
  const text = (...keys: string[]) =>
    keys
      .map((key) => properties[key] ?? facts[key])
      .find(isPlain)
      ?.toString();
  const amount = (key: string) => aside(inMoney(facts[key], facts.currency, language));
  return {
    name,
    title: text("title", "name", "path", "url") ?? "…",
    product: text("name", "item_name", "product_id", "sku", "item_id", "product") ?? "…",
    category: text("category", "list_id", "item_list_name") ?? "…",
    query: text("query", "search_term") ?? "…",
    order: text("order_id", "transaction_id", "order") ?? "",
    coupon: text("coupon", "coupon_name", "coupon_id") ?? "…",
    email: text("email") ?? "",
    step: text("step") ?? "",
    message: text("subject", "template", "message") ?? "…",
    reason: text("reason") ?? "",
    purposes: list(properties.purposes ?? properties.purpose),
    times: several(properties.quantity ?? facts.quantity),
    price: amount("price"),
    value: amount("value"),
  } as Record<string, string>;
}

function isPlain(value: unknown): value is string | number {
  return (typeof value === "string" && value !== "") || typeof value === "number";
}

function inMoney(minor: unknown, currency: unknown, language: Language): string {
  if (typeof minor !== "number" || typeof currency !== "string") return "";
  return money(minor, currency, language);
}

function aside(words: string): string {
  return words && ` (${words})`;
}

function several(quantity: unknown): string {
  return typeof quantity === "number" && quantity > 1 ? ` × ${quantity}` : "";
}

function list(value: unknown): string {
  return Array.isArray(value) ? value.join(", ") : isPlain(value) ? String(value) : "";
}
