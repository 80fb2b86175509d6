// The wish list: SKUs kept in this browser, a heart on every product.
import { all, keep, kept, language, one, words } from "./page.js";
import { factsOf, track } from "./say.js";

const wishes = () => kept("wishes", []);

export function listenToHearts() {
  showHearts();
  document.addEventListener("click", (click) => {
    const heart = click.target.closest("[data-wish]");
    if (heart) toggle(heart);
  });
}

function toggle(heart) {
  const { wish: sku } = heart.dataset;
  const had = wishes().includes(sku);
  keep("wishes", had ? wishes().filter((other) => other !== sku) : [...wishes(), sku]);
  const event = had ? "Product Removed from Wishlist" : "Product Added to Wishlist";
  track(event, { wishlist_id: "wishes", ...factsBeside(heart) });
  showHearts();
  if (document.body.dataset.page === "wishlist") showWishlist();
}

function factsBeside(heart) {
  const card = heart.closest("[data-facts]");
  if (card) return factsOf(card);
  const variants = JSON.parse(heart.closest("[data-product]").dataset.variants);
  return variants.find((each) => each.sku === heart.dataset.wish).facts;
}

export function showHearts() {
  const now = wishes();
  for (const heart of all("[data-wish]")) {
    const wished = now.includes(heart.dataset.wish);
    heart.setAttribute("aria-pressed", wished);
    if ("worded" in heart.dataset)
      one("span", heart).textContent = wished ? words.in_wishlist : words.add_to_wishlist;
  }
  for (const badge of all("[data-wish-count]")) {
    badge.textContent = now.length;
    badge.hidden = now.length === 0;
  }
}

/** The wish list's page: the cards come from the server, the list from here. */
export async function showWishlist() {
  const list = one("[data-wishlist]");
  const skus = wishes();
  one("[data-wishlist-empty]").hidden = skus.length > 0;
  if (skus.length === 0) return list.replaceChildren();
  const answer = await fetch(`/${language}/cards?skus=${encodeURIComponent(skus.join(","))}`);
  list.innerHTML = await answer.text();
  showHearts();
}
