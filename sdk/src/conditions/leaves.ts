// The short conditions: attributes, the visit, the cart, a random share.

import { type Document, entry, number, own, text } from "./document";
import { fold } from "./fold";
import { operator, type Value } from "./operators";
import type { Part } from "./part";
import { bucket } from "./share";
import type { Item, View, Visit } from "./view";

/** Only the server knows these. */
const NEVER_TOLD = ["level", "first seen", "last seen"];

export function attribute(said: Document): Part {
  const [name, is] = [text(said.name), operator(said.is)];
  const of = ({ told }: View): Value => {
    const value = own(told, name);
    return typeof value === "string" ? fold(value) : value;
  };
  return {
    open: NEVER_TOLD.includes(name),
    holds(view) {
      const value = of(view);
      return value === undefined ? undefined : is.holds(value, view.now);
    },
    changesAt: (view) => is.changesAt?.(of(view), view.now),
  };
}

const VISIT: Readonly<Record<string, (visit: Visit) => number | undefined>> = {
  products: (visit) => visit.products.length,
  pages: (visit) => visit.pages,
  categories: (visit) => visit.categories.length,
  searches: (visit) => visit.searches,
  seconds: (visit) => Math.floor((visit.last - visit.started) / 1_000_000),
  number: (visit) => visit.number,
};

export function visit(said: Document): Part {
  const [of, is] = [entry(VISIT, said.figure), operator(said.is)];
  return {
    holds({ visit, now }) {
      const value = visit && of(visit);
      return value === undefined ? undefined : is.holds(value, now);
    },
  };
}

const MOST = 2 ** 53;

const CART: Readonly<Record<string, (items: readonly Item[]) => number | null>> = {
  count: (items) => items.reduce((sum, { quantity }) => sum + quantity, 0),
  value: (items) => {
    const worth = items.reduce((sum, { price, quantity }) => sum + (price ?? 0) * quantity, 0);
    return items.length ? Math.max(-MOST, Math.min(MOST, worth)) : null;
  },
};

export function cart(said: Document): Part {
  const [of, is] = [entry(CART, said.figure), operator(said.is)];
  return { holds: ({ cart, now }) => asked(cart, (items) => is.holds(of(items), now)) };
}

export function cartHas(said: Document): Part {
  const product = fold(text(said.product));
  const is = (name: string | null | undefined) => Boolean(name) && fold(name as string) === product;
  const has = (items: readonly Item[]) => items.some(({ product, sku }) => is(product) || is(sku));
  return { holds: ({ cart }) => asked(cart, has) };
}

const asked = (cart: View["cart"], of: (items: readonly Item[]) => boolean) =>
  cart === undefined ? undefined : of(cart ? cart.items : []);

export function randomShare(said: Document): Part {
  const [salt, start, end] = [text(said.salt), number(said.start ?? 0), number(said.end)];
  return {
    holds({ person }) {
      if (person === undefined) return undefined;
      const drawn = bucket(salt, person);
      return Math.floor(start * 2 ** 52) <= drawn && drawn < Math.floor(end * 2 ** 52);
    },
  };
}
