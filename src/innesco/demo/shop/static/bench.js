// The test bench: moves the demo's clock, changes who one is, and says what Innesco has decided.
import { cart } from "./cart.js";
import { all, keep, kept, language, one, words } from "./page.js";
import { anonymousId, consent, whenThere } from "./say.js";

const LOOKS = [0, 1000, 2000, 3000, 4000, 5000]; // ms: live and deliver need a moment
let watched; // what the panel is being kept up to date with

export function openBench() {
  const fold = one("[data-bench-fold]");
  unfold(kept("bench", matchMedia("(min-width: 901px)").matches));
  fold.addEventListener("click", () => unfold(fold.getAttribute("aria-expanded") !== "true"));
  one("[data-bench-close]").addEventListener("click", close);
  one("[data-bench-new]").addEventListener("click", () => become());
  one("[data-bench-people]").addEventListener("click", people);
  one("[data-bench-why]").addEventListener("click", () => watch());
  for (const button of all("[data-hours]"))
    button.addEventListener("click", () => moveClock(Number(button.dataset.hours)));
  who();
  whenThere(who);
  setInterval(who, 1500);
}

function unfold(wide) {
  one("[data-bench-fold]").setAttribute("aria-expanded", wide);
  keep("bench", wide);
}

function who() {
  const id = anonymousId();
  one("[data-bench-who]").textContent = id.slice(0, 8) || words.bar_no_id;
  one("[data-bench-cart]").textContent = cart().id.slice(0, 8);
  if (id && id !== kept("bench-who")) inFront(id);
}

/** Innesco hears who stands in front of the demo: nobody who is put into a control group. */
async function inFront(id) {
  keep("bench-who", id);
  const answer = await fetch(visitor(id), { method: "POST" }).catch(() => ({ ok: false }));
  if (!answer.ok) keep("bench-who", undefined); // asked again soon
}

const visitor = (id) => `/demo/visitor/${encodeURIComponent(id)}`;

function close() {
  watched = undefined;
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
  if (said) await watch(said.now);
}

/** Says what was decided, and again while what follows from it may still come. */
async function watch(now) {
  const mine = (watched = { now });
  for (const pause of LOOKS) {
    await new Promise((go) => setTimeout(go, pause));
    if (watched !== mine || !(await why(mine))) return;
  }
}

/** Answers `{"people": [{"anonymousId", "name", "about": {"it", "en"}}]}`, or the bare list. */
async function people() {
  watched = undefined;
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

async function why(mine) {
  const id = anonymousId();
  if (!id) show(paragraph(words.bar_away));
  const said = id && (await ask(visitor(id), {}));
  if (!said || watched !== mine) return false;
  const at = (iso) => moment(iso, said.zone);
  const own = (line) => line[language];
  const stops = [...(known() ? [] : [words.bar_stranger]), ...said.blocked.map(own)];
  show(
    ...(mine.now ? [paragraph(`${words.bar_now} ${at(mine.now)}`)] : []),
    heading(said),
    ...(said.behind ? [paragraph(`${words.bar_behind} ${said.behind}`)] : []),
    bullets(stops.length ? stops : [words.bar_free], stops.length ? "stop" : "free"),
    ...listed(words.bar_waiting, said.waiting.map((run) => `${own(run.journey)}, ${words.bar_until} ${at(run.until)}`)),
    ...listed(words.bar_decided, said.lines.length ? said.lines.map(own) : [words.bar_nothing]),
  );
  return true;
}

/** Without cookies every page is another visitor, and what they do never meets. */
const known = () => kept("cookies") === "accept";

function heading({ person, called, level }) {
  const title = element("h2", [called, words[`level_${level}`] ?? level].filter(Boolean).join(" · "));
  if (!person) return title;
  const link = element("a", words.bar_person);
  link.href = `${one("[data-bench]").dataset.admin}/people/${person}`;
  link.target = "innesco-person";
  title.append(" ", link);
  return title;
}

const listed = (title, texts) => (texts.length ? [element("h2", title), bullets(texts)] : []);

function show(...things) {
  one("[data-bench-said]").replaceChildren(...things);
  one("[data-bench-panel]").hidden = false;
}

const moment = (iso, timeZone) =>
  new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short", timeZone }).format(new Date(iso));
const element = (name, text, className = "") => Object.assign(document.createElement(name), { textContent: text, className });
const paragraph = (text) => element("p", text);

function bullets(texts, className = "") {
  const list = document.createElement("ul");
  list.append(...texts.map((text) => element("li", text, className)));
  return list;
}
