// What is kept on the visitor's device: one cookie and a few lines of localStorage. A browser may
// refuse both (private windows, a full disk); then the page goes on from memory.

export const PREFIX = "innesco.";
const COOKIE = "innesco_id";
const THIRTEEN_MONTHS = 395 * 86_400;

/** `localStorage` under our own prefix; where it is refused, nothing is there. */
export const shelf = {
  read: (name: string): string | null => allowed(() => localStorage.getItem(PREFIX + name)),
  write: (name: string, text: string) => allowed(() => localStorage.setItem(PREFIX + name, text)),
  remove: (name: string) => allowed(() => localStorage.removeItem(PREFIX + name)),
  names: (): string[] =>
    (allowed(() => Object.keys(localStorage)) ?? [])
      .filter((name) => name.startsWith(PREFIX))
      .map((name) => name.slice(PREFIX.length)),
};

/** The stored value, `undefined` when there is none or somebody else wrote it. */
export function readJson<T>(name: string): T | undefined {
  return allowed(() => JSON.parse(shelf.read(name) ?? "null") as T | null) ?? undefined;
}

/** Browsers throw at the very mention of localStorage when cookies are blocked. */
function allowed<T>(use: () => T): T | null {
  try {
    return use();
  } catch {
    return null;
  }
}

export function readCookie(): string | undefined {
  return allowed(() => new RegExp(`(?:^|; )${COOKIE}=(\\w+)`).exec(document.cookie))?.[1];
}

/** On the widest domain that the browser takes, so that www and checkout share the visitor. */
export function writeCookie(id: string): void {
  for (const domain of domains(location.hostname)) {
    bake(id, THIRTEEN_MONTHS, domain);
    if (readCookie() === id) return;
  }
}

export function removeCookie(): void {
  for (const domain of domains(location.hostname)) bake("", 0, domain);
}

/** `www.negozio.it` → `it` (refused by browsers), `negozio.it`, `www.negozio.it`, the host alone. */
export function domains(host: string): string[] {
  const parts = /^[\d.]+$|:/.test(host) ? [] : host.split(".");
  const wide = parts.map((_, i) => parts.slice(-i - 1).join(".")).filter((d) => d.includes("."));
  return [...wide, ""];
}

function bake(value: string, seconds: number, domain: string): void {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  const where = domain ? `; Domain=${domain}` : "";
  const cookie = `${COOKIE}=${value}; Path=/; Max-Age=${seconds}; SameSite=Lax${where}${secure}`;
  allowed(() => (document.cookie = cookie));
}
