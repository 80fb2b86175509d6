// The checkout: three steps on one page, then the order is the server's.
import { cart, emptied, mirror } from "./cart.js";
import { all, language, one, toast, words } from "./page.js";
import { anonymousId, identify, subscribe, track } from "./say.js";

const form = () => one("[data-checkout-form]");
const steps = () => all("[data-step-number]");
const field = (name) => form().elements[name];

export async function showCheckout() {
  const said = await summed();
  if (!said) return;
  if (said.count === 0) {
    one("[data-checkout]").hidden = true;
    one("[data-checkout-empty]").hidden = false;
    return;
  }
  const facts = Object.fromEntries(Object.entries(said.facts).filter(([name]) => name !== "cart_id"));
  track("Checkout Started", { ...facts, checkout_id: cart().id, cart_id: cart().id });
  open(1);
  form().addEventListener("click", clicked);
  form().addEventListener("submit", ordered);
  form().addEventListener("focusout", ({ target }) => target.matches?.("input[required]") && target.value && valid(target));
  // What was wrong is right as soon as it is typed: a line that goes on leaving a field moves the
  // page away under the finger.
  form().addEventListener("input", ({ target }) => target.matches?.("[aria-invalid=true]") && valid(target));
  for (const way of all("[name=delivery]")) way.addEventListener("change", summed);
}

async function summed() {
  const express = one("[name=delivery]:checked").value === "express";
  try {
    const said = await mirror({ show: "summary", express });
    one("[data-summary]").innerHTML = said.html;
    return said;
  } catch (away) {
    console.info(away);
    toast(words.shop_away);
  }
}

const ofStep = (step) => ({ checkout_id: cart().id, cart_id: cart().id, step });

function open(number) {
  steps().forEach((step, at) => step.classList.toggle("open", at + 1 === number));
  track("Checkout Step Viewed", ofStep(number));
}

function clicked({ target }) {
  const step = target.closest("[data-step-number]");
  const number = Number(step?.dataset.stepNumber);
  if (target.closest("[data-back]")) open(number - 1);
  else if (target.closest("[data-next]") && stepValid(step)) {
    completed(number);
    open(number + 1);
    one("input:not([type=radio])", steps()[number])?.focus();
  }
}

function completed(number) {
  const done = one("[data-done]", steps()[number - 1]);
  if (number === 1) {
    done.textContent = `${field("first_name").value} ${field("last_name").value}, ${field("email").value}`;
    hello();
  }
  if (number === 2) done.textContent = `${field("street").value}, ${field("postal_code").value} ${field("city").value}`;
  const shipping_method = one("[name=delivery]:checked").value;
  const payment_method = one("[name=payment]:checked").value;
  const more = number === 2 ? { shipping_method } : number === 3 ? { shipping_method, payment_method } : {};
  track("Checkout Step Completed", { ...ofStep(number), ...more });
}

/** Who says to be buying: a claim, until the order or a confirmed mail proves it. */
function hello() {
  const email = field("email").value.trim();
  identify({ email, firstName: field("first_name").value, lastName: field("last_name").value, language });
  if (!field("marketing").checked) return;
  const purposes = ["marketing", ...(field("profiling").checked ? ["profiling"] : [])];
  const text = purposes.map((purpose) => one(`[data-sentence=${purpose}]`).textContent).join(" ");
  subscribe({ email, purposes, text, source: "checkout", language });
}

function stepValid(step) {
  const wrong = all("input[required]", step).filter((input) => !valid(input));
  wrong[0]?.focus();
  return wrong.length === 0;
}

function valid(input) {
  const { validity } = input;
  const why = validity.valueMissing || !input.value.trim() ? words.field_needed
    : validity.typeMismatch ? words.email_wrong
    : validity.patternMismatch ? words.postal_wrong
    : "";
  input.setAttribute("aria-invalid", why !== "");
  const said = one(".wrong", input.parentElement) ?? input.parentElement.appendChild(
    Object.assign(document.createElement("span"), { className: "wrong" }),
  );
  said.textContent = why;
  return why === "";
}

async function ordered(submit) {
  submit.preventDefault();
  const current = one(".step.open");
  if (current.dataset.stepNumber !== "3") return one("[data-next]", current).click(); // Enter in a field
  one("[data-order]").disabled = true;
  track("Payment Info Entered", { ...ofStep(3), order_id: "", payment_method: one("[name=payment]:checked").value });
  completed(3);
  try {
    const answer = await post();
    emptied();
    location.assign(answer.url);
  } catch (away) {
    console.info(away);
    one("[data-order-said]").textContent = words.shop_away;
    one("[data-order]").disabled = false;
  }
}

async function post() {
  const names = ["email", "first_name", "last_name", "street", "postal_code", "city"];
  const buyer = Object.fromEntries(names.map((name) => [name, field(name).value.trim()]));
  const answer = await fetch(`/${language}/api/order`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({
      cart_id: cart().id,
      anonymous_id: anonymousId(),
      buyer: {
        ...buyer,
        express: one("[name=delivery]:checked").value === "express",
        marketing: field("marketing").checked,
        profiling: field("profiling").checked,
      },
    }),
  });
  if (!answer.ok) throw new Error(`the shop answers ${answer.status}`);
  return answer.json();
}
