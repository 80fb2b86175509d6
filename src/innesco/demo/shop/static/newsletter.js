// The newsletter box: asks for a subscription with the sentence that stood beside the tick.
import { language, one, words } from "./page.js";
import { subscribe } from "./say.js";

export function listenToNewsletter() {
  const form = one("[data-newsletter]");
  form?.addEventListener("submit", (submit) => {
    submit.preventDefault();
    const { email, marketing } = form.elements;
    const wrong = !email.value || email.validity.typeMismatch ? words.email_wrong : !marketing.checked ? words.consent_needed : "";
    one("[data-said]", form).textContent = wrong || words.newsletter_thanks;
    if (wrong) return (marketing.checked ? email : email.value ? marketing : email).focus();
    const text = one(".tick span", form).textContent;
    subscribe({ email: email.value.trim(), purposes: ["marketing"], text, source: "newsletter", language });
    form.reset();
  });
}
