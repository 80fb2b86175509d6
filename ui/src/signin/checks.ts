// What a form can tell before it asks the server.

export const SHORTEST_PASSWORD = 12;

/** Something before and after one @, and a dot in the name of the host. */
export function isEmail(text: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test(text.trim());
}

export function isLongEnough(password: string): boolean {
  return [...password].length >= SHORTEST_PASSWORD;
}
