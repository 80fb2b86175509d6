// What the page knows of itself: language, words, and a few ways to find and say things.
export const config = JSON.parse(document.querySelector("#config").textContent);
export const { language, words } = config;

export const one = (selector, within = document) => within.querySelector(selector);
export const all = (selector, within = document) => [...within.querySelectorAll(selector)];

/** A line at the foot of the window that goes by itself; `link` is `[address, words]`. */
export function toast(text, link) {
  const box = one("[data-toast]");
  box.replaceChildren(text);
  if (link) {
    const a = Object.assign(document.createElement("a"), { href: link[0], textContent: link[1] });
    box.append(a);
  }
  box.hidden = false;
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => (box.hidden = true), 5000);
}

/** A kept value; private windows and full disks leave the page without memory, not without life. */
export function kept(name, otherwise) {
  try {
    return JSON.parse(localStorage.getItem(`shop.${name}`)) ?? otherwise;
  } catch {
    return otherwise;
  }
}

export function keep(name, value) {
  try {
    if (value === undefined) localStorage.removeItem(`shop.${name}`);
    else localStorage.setItem(`shop.${name}`, JSON.stringify(value));
  } catch (refused) {
    console.info("the browser keeps nothing:", refused);
  }
}

/** Random letters for the cart's id; works without https too, unlike crypto.randomUUID. */
export function randomId() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return [...bytes].map((byte) => byte.toString(36).padStart(2, "0")).join("").slice(0, 18);
}
