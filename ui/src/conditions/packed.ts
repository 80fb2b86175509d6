// A condition in the address bar: its JSON in the letters that an address may have.
import type { Document } from "./document";
import { isDocument } from "./tree";

export function packed(document: Document): string {
  const bytes = new TextEncoder().encode(JSON.stringify(document));
  const letters = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  return letters.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** The condition again; null for letters that somebody cut or changed. */
export function unpacked(letters: string): Document | null {
  try {
    const binary = atob(letters.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    return isDocument(value) ? value : null;
  } catch {
    return null;
  }
}
