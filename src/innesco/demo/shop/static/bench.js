// The test bench: moves the demo's clock, changes who one is, and says what Innesco has decided.
import { cart } from "./cart.js";
import { all, keep, kept, language, one, words } from "./page.js";
import { anonymousId, consent } from "./say.js";

export function openBench() {
  const fold = one("[data-bench-fold]");
  unfold(kept("bench", matchMedia("(min-width: 901px)").matches));
  fold.addEventListener("click", () => unfold(fold.getAttribute("aria-expanded") !== "true"));
  one("[data-bench-close]").addEventListener("click", close);
  one("[data-bench-new]").addEventListener("click", () => become());
  one("[data-bench-people]").addEventListener("click", people);
  one("[data-bench-why]").addEventListener("click", why);
  for (const button of all("[data-hours]"))
    button.addEventListener("click", () => moveClock(Number(button.dataset.hours)));
  who();
  setInterval(who, 1500);
}

function unfold(wide) {
  one("[data-bench-fold]").setAttribute("aria-expanded", wide);
  keep("bench", wide);
}

function who() {
  one("[data-bench-who]").textContent = anonymousId().slice(0, 8) || words.bar_no_id;
  one("[data-bench-cart]").textContent = cart().id.slice(0, 8);
}

function close() {
  one("[data-bench-panel]").hidden = true;
}

/** Innesco's answer through the shop's server, or `undefined` after saying that there is none. */
async function ask(path, body) {
  const how = body && { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  try {
    const answer = await fetch(path, how || {});
    if (!answer.ok) throw new Error(`innesco answers ${answer.status}`);
    return await answer.json();
  } catch (away) {
    console.info(away);
    show(paragraph(words.bar_away));
  }
}

async function moveClock(hours) {
  const said = await ask("/demo/clock", { hours });
  if (said) show(paragraph(said.now ? `${words.bar_now} ${moment(said.now)}` : words.bar_moved));
}

/** Answers `{"people": [{"anonymousId", "name", "about": {"it", "en"}}]}`, or the bare list. */
async function people() {
  const said = await ask("/demo/people");
  if (!said) return;
  const folk = said.people ?? said;
  if (!folk.length) return show(paragraph(words.bar_nobody));
  const list = element("div", "", "folk");
  for (const person of folk) {
    const button = element("button", person.name ?? person.anonymousId);
    button.type = "button";
    const about = person.about?.[language] ?? person.about;
    if (typeof about === "string") button.append(element("small", about));
    button.addEventListener("click", () => become(person.anonymousId));
    list.append(button);
  }
  show(list);
}

/** Another visitor on this device, a simulated one or a new one: the shop's own memory goes too. */
function become(anonymous) {
  const stays = kept("bench");
  consent({ storage: false, profiling: false }); // else innesco.js keeps its visitor while leaving
  for (const name of Object.keys(localStorage)) if (/^(shop|innesco)\./.test(name)) localStorage.removeItem(name);
  document.cookie = "innesco_id=; Path=/; Max-Age=0; SameSite=Lax";
  if (anonymous) {
    const allows = { storage: true, profiling: true };
    localStorage.setItem("innesco.me", JSON.stringify({ id: anonymous, allows }));
    document.cookie = `innesco_id=${anonymous}; Path=/; Max-Age=2592000; SameSite=Lax`;
    keep("cookies", "accept");
  }
  keep("bench", stays);
  location.assign(`/${language}/`);
}

async function why() {
  const said = await ask(`/demo/visitor/${encodeURIComponent(anonymousId() || "nobody")}`);
  if (!said) return;
  const level = words[`level_${said.level}`] ?? said.level;
  const lines = said.lines.map((line) => line[language]);
  const waiting = said.waiting.map((run) => `${run.journey}, ${words.bar_until} ${moment(run.until)}`);
  const blocked = said.blocked.map((line) => line[language]);
  show(
    element("h2", [said.person, level].filter(Boolean).join(" · ")),
    bullets(lines.length ? lines : [words.bar_nothing]),
    ...(waiting.length ? [element("h2", words.bar_waiting), bullets(waiting)] : []),
    ...(blocked.length ? [element("h2", words.bar_blocked), bullets(blocked, "stop")] : []),
  );
}

function show(...things) {
  one("[data-bench-said]").replaceChildren(...things);
  one("[data-bench-panel]").hidden = false;
}

const moment = (iso) => new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" }).format(new Date(iso));
const element = (name, text, className = "") => Object.assign(document.createElement(name), { textContent: text, className });
const paragraph = (text) => element("p", text);

function bullets(texts, className = "") {
  const list = document.createElement("ul");
  list.append(...texts.map((text) => element("li", text, className)));
  return list;
}
