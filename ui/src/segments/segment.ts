// A segment as it is edited: its document, its id made of its name, and work that is not kept yet.
import type { Document } from "@/conditions/document";
import { isDocument } from "@/conditions/tree";

export interface Segment {
  id: string;
  when: Document;
  name?: Record<string, string>;
  about?: Record<string, string>;
  tags?: string[];
}

export const EVERYBODY = { kind: "all", conditions: [] } as Document;

/** What stands under /segments beside the segments themselves. */
const PAGES: ReadonlySet<string> = new Set(["new", "ready"]);

/** `Clienti più fedeli` is `clienti-piu-fedeli`; one that is taken gets a number. */
export function idOf(name: string, taken: ReadonlySet<string>): string {
  const plain = name
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 80);
  const id = plain || "segment";
  if (!taken.has(id) && !PAGES.has(id)) return id;
  for (let number = 2; ; number++) if (!taken.has(`${id}-${number}`)) return `${id}-${number}`;
}

/** The document to be kept: without names and purposes that are empty. */
export function tidy({ name, about, tags, ...rest }: Segment): Segment {
  const said = { ...some("name", name), ...some("about", about) };
  return { ...rest, ...said, ...(tags && tags.length > 0 && { tags }) };
}

function some(field: string, words: Record<string, string> = {}) {
  const said = Object.entries(words).filter(([, text]) => text.trim() !== "");
  return said.length > 0 ? { [field]: Object.fromEntries(said) } : {};
}

/** Whether the two say the same, however their fields are ordered. */
export function same(one: Segment, other: Segment): boolean {
  return ordered(tidy(one)) === ordered(tidy(other));
}

function ordered(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  );
}

/** What was kept on this browser; null for nothing, or for what is no segment. */
export function segmentIn(text: string | null): Segment | null {
  try {
    const value = JSON.parse(text ?? "null") as Segment | null;
    return value && typeof value.id === "string" && isDocument(value.when) ? value : null;
  } catch {
    return null;
  }
}
