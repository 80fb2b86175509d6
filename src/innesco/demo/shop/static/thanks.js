// The thanks page: the browser's own copy of the order, once, where the shop wants one.
import { config, kept, keep, one } from "./page.js";
import { track } from "./say.js";

export function thank() {
  const facts = JSON.parse(one("[data-thanks]").dataset.thanks);
  const told = kept("told", []);
  if (!config.browserOrders || told.includes(facts.order_id)) return;
  keep("told", [...told.slice(-20), facts.order_id]);
  track("Order Completed", facts);
}
