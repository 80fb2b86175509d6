// A condition while it is being built: groups within groups whose parts keep their keys, made from
// the JSON document and turned into it again without losing anything.
import type { Document } from "./document";

export type Joined = "all" | "any";

interface Part {
  key: string; // stable as long as the part is being built
  nots: number; // how many times it is denied; once, as a rule, or not at all
}
export interface Leaf extends Part {
  asks: Document;
}
export interface Group extends Part {
  joined: Joined;
  parts: Node[];
}
export type Node = Leaf | Group;

export interface Tree {
  root: Group;
  braced: boolean; // whether a single part stands in braces of its own in the document
  next: number; // of the next key
  version?: unknown; // of the language, where the outermost part tells it
}

export function isGroup(node: Node): node is Group {
  return "parts" in node;
}

/** `{"kind": "did", …}` becomes a group of one part; so there is always a group to add to. */
export function treeOf(document: Document): Tree {
  const { version, ...said } = document as Document & { version?: unknown };
  if (version !== undefined) return { ...treeOf(said as Document), version };
  const keys = counting(1);
  const node = nodeOf(document, keys);
  if (isGroup(node)) return { root: node, braced: true, next: keys.last() };
  const root: Group = { key: keys.fresh(), nots: 0, joined: "all", parts: [node] };
  return { root, braced: false, next: keys.last() };
}

/** Everybody: where a new condition begins. */
export function everybody(): Tree {
  return { root: { key: "c1", nots: 0, joined: "all", parts: [] }, braced: false, next: 2 };
}

export function documentOf({ version, ...tree }: Tree): Document {
  const asked = unversioned(tree);
  return version === undefined ? asked : ({ ...asked, version } as Document);
}

function unversioned({ root, braced }: Tree): Document {
  const [only, ...others] = root.parts;
  if (braced || !only || others.length > 0) return written(root);
  return denied(written(only), root.nots);
}

/** A part as a document of its own, with all that stands in it. */
export function written(node: Node): Document {
  const bare = isGroup(node)
    ? ({ kind: node.joined, conditions: node.parts.map(written) } as Document)
    : node.asks;
  return denied(bare, node.nots);
}

function denied(document: Document, times: number): Document {
  return times > 0 ? denied({ kind: "not", condition: document } as Document, times - 1) : document;
}

export interface Keys {
  fresh: () => string;
  last: () => number;
}

export function counting(first: number): Keys {
  let next = first;
  return { fresh: () => `c${next++}`, last: () => next };
}

export function nodeOf(document: Document, keys: Keys): Node {
  const inner = inside(document, "not", "condition");
  if (isDocument(inner)) {
    const node = nodeOf(inner, keys);
    return { ...node, nots: node.nots + 1 };
  }
  for (const joined of ["all", "any"] as const) {
    const parts = inside(document, joined, "conditions");
    if (Array.isArray(parts) && parts.every(isDocument))
      return {
        key: keys.fresh(),
        nots: 0,
        joined,
        parts: parts.map((part) => nodeOf(part, keys)),
      };
  }
  return { key: keys.fresh(), nots: 0, asks: document };
}

/** The only field that a document of this kind has besides it; with others it is not ours. */
function inside(document: Document, kind: string, field: string): unknown {
  const { kind: own, ...rest } = document as Document & Record<string, unknown>;
  return own === kind && Object.keys(rest).length === 1 ? rest[field] : undefined;
}

export function isDocument(value: unknown): value is Document {
  return typeof value === "object" && value !== null && "kind" in value;
}

/** Every part from the root on, each before what stands in it. */
export function* nodesOf(node: Node): Generator<Node> {
  yield node;
  if (isGroup(node)) for (const part of node.parts) yield* nodesOf(part);
}
