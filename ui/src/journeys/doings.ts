// What somebody does, in words, where a journey starts or stops with it.
import type { Both } from "@/words/catalogue";
import type { Language } from "@/words/language";
import type { Say } from "@/words/speak";

const DOINGS: Record<string, Both> = {
  "Page Viewed": { en: "opens a page", it: "apre una pagina" },
  "Product Viewed": { en: "looks at a product", it: "guarda un prodotto" },
  "Product List Viewed": { en: "browses a category", it: "sfoglia una categoria" },
  "Products Searched": { en: "searches", it: "fa una ricerca" },
  "Product Added": { en: "puts something into the cart", it: "mette qualcosa nel carrello" },
  "Product Removed": { en: "takes something out of the cart", it: "toglie qualcosa dal carrello" },
  "Product Added to Wishlist": {
    en: "puts something on the wish list",
    it: "mette qualcosa nella lista dei desideri",
  },
  "Cart Viewed": { en: "looks at the cart", it: "guarda il carrello" },
  "Checkout Started": { en: "goes to the checkout", it: "va alla cassa" },
  "Order Completed": { en: "orders", it: "ordina" },
  "Order Refunded": { en: "gets money back", it: "riceve un rimborso" },
  "Signed Up": { en: "opens an account", it: "si registra" },
  "Signed In": { en: "signs in to the shop", it: "entra nel negozio" },
  "Subscription Requested": { en: "asks to subscribe", it: "chiede di iscriversi" },
  "Subscription Confirmed": { en: "confirms the subscription", it: "conferma l'iscrizione" },
  "Consent Given": { en: "gives consent", it: "dà il consenso" },
  "Consent Withdrawn": { en: "withdraws consent", it: "ritira il consenso" },
  Unsubscribed: { en: "unsubscribes", it: "si disiscrive" },
  "Message Clicked": { en: "clicks in a message", it: "clicca in un messaggio" },
};

/** `puts something into the cart`; an event of the shop's own goes by its name. */
export function doing(event: string, say: Say, language: Language): string {
  const known = Object.hasOwn(DOINGS, event) ? DOINGS[event] : undefined;
  return known ? known[language] : say("journeys.tell.event", { event });
}
