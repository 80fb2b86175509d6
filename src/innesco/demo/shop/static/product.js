// The product's page: variants, stock, adding to the cart.
import { add } from "./cart.js";
import { language, one, toast, words } from "./page.js";
import { track } from "./say.js";
import { showHearts } from "./wishes.js";

export function showProduct() {
  const thing = one("[data-product]");
  const variants = JSON.parse(thing.dataset.variants);
  const form = one("[data-buy]");
  const chosen = () => variants.find((each) => each.sku === new FormData(form).get("sku"));
  show(thing, chosen());
  track("Product Viewed", chosen().facts);
  form.addEventListener("change", (change) => {
    if (change.target.name !== "sku") return;
    show(thing, chosen());
    track("Product Viewed", chosen().facts);
  });
  form.addEventListener("submit", (submit) => {
    submit.preventDefault();
    add(chosen().facts, Number(new FormData(form).get("quantity")) || 1);
    toast(words.added, [`/${language}/cart`, one("[href$='/cart']").getAttribute("aria-label")]);
  });
}

function show(thing, variant) {
  one("[data-picture]", thing).src = variant.picture;
  one("[data-price]", thing).textContent = variant.price;
  one("[data-sku]", thing).textContent = variant.sku;
  one("[data-add]", thing).disabled = variant.stock === 0;
  one(".keep", thing).dataset.wish = variant.sku;
  const line = one("[data-stock]", thing);
  const [look, text] =
    variant.stock === 0 ? ["none", words.sold_out] : variant.few ? ["few", words.few_left] : ["", words.available];
  line.className = `stock ${look}`;
  line.textContent = text;
  showHearts();
}
