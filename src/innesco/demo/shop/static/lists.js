// Lists of products: seen, filtered, searched, clicked.
import { all, one } from "./page.js";
import { factsOf, track } from "./say.js";

export function tellOfLists() {
  for (const list of all("[data-list]")) tellOf(list);
  tellOfSearch();
  document.addEventListener("click", (click) => {
    const card = click.target.closest("[data-card] a")?.closest("[data-card]");
    if (card) clicked(card);
  });
}

function tellOf(list) {
  const products = all("[data-card]", list).map((card, at) => ({ ...factsOf(card), position: at + 1 }));
  const { list: list_id, category, active } = list.dataset;
  const filters = JSON.parse(active ?? "[]");
  const sort = one("select[name=sort]")?.value;
  const facts = { list_id, ...(category ? { category } : {}), products };
  if (filters.length || (active && sort && sort !== "best"))
    track("Product List Filtered", { ...facts, filters, sorts: [{ type: "order", value: sort }] });
  else track("Product List Viewed", facts);
}

function tellOfSearch() {
  const search = one("[data-search]");
  if (search?.dataset.search)
    track("Products Searched", { query: search.dataset.search, results: Number(search.dataset.found) });
}

function clicked(card) {
  const list = card.closest("[data-list]");
  const position = list ? all("[data-card]", list).indexOf(card) + 1 : undefined;
  track("Product Clicked", { ...factsOf(card), list_id: list?.dataset.list, position });
}

/** Empty fields stay out of the address, and wide screens see the filters without a click. */
export function listenToFilters() {
  const form = one("[data-filters]");
  if (!form) return;
  form.addEventListener("submit", () => {
    for (const field of all("input[type=number]", form)) field.disabled = field.value === "";
  });
  one("select", form).addEventListener("change", () => form.requestSubmit());
  const box = one("[data-filters-box]");
  const wide = matchMedia("(min-width: 901px)");
  const adapt = () => wide.matches && (box.open = true);
  adapt();
  wide.addEventListener("change", adapt);
}
