// All that can be done to the parts of a condition: pure, from one tree to the next.
import type { Document } from "./document";
import { counting, isGroup, nodeOf, nodesOf, written } from "./tree";
import type { Group, Joined, Leaf, Node, Tree } from "./tree";

export interface Standing {
  node: Node;
  parent: Group | null; // none has the root
  place: number; // among the parent's parts
}

export function find(tree: Tree, key: string): Standing | undefined {
  if (tree.root.key === key) return { node: tree.root, parent: null, place: 0 };
  for (const parent of nodesOf(tree.root)) {
    if (!isGroup(parent)) continue;
    const place = parent.parts.findIndex((part) => part.key === key);
    const node = parent.parts[place];
    if (node) return { node, parent, place };
  }
  return undefined;
}

/** The tree with a new part at a place of a group, at its end when none is said. */
export function add(tree: Tree, group: string, document: Document, place?: number): Tree {
  const keys = counting(tree.next);
  const node = nodeOf(document, keys);
  return placed({ ...tree, next: keys.last() }, node, group, place ?? Infinity);
}

/** The key of what `add` adds. */
export function added(before: Tree, after: Tree): string | undefined {
  const known = new Set([...nodesOf(before.root)].map(({ key }) => key));
  return [...nodesOf(after.root)].find(({ key }) => !known.has(key))?.key;
}

export function remove(tree: Tree, key: string): Tree {
  return tidied(
    tree,
    key,
    replaced(tree, key, () => []),
  );
}

export function change(tree: Tree, key: string, asks: Document): Tree {
  return replaced(tree, key, (node) => [isGroup(node) ? node : { ...node, asks }]);
}

/** Denies it, or takes its denial back. */
export function negate(tree: Tree, key: string): Tree {
  return replaced(tree, key, (node) => [{ ...node, nots: node.nots > 0 ? node.nots - 1 : 1 }]);
}

export function join(tree: Tree, key: string, joined: Joined): Tree {
  return replaced(tree, key, (node) => [isGroup(node) ? { ...node, joined } : node]);
}

/** The same once more, right after it. */
export function duplicate(tree: Tree, key: string): Tree {
  const found = find(tree, key);
  if (!found?.parent) return tree;
  return add(tree, found.parent.key, written(found.node), found.place + 1);
}

/** In a group of its own, where others can join it. */
export function wrap(tree: Tree, key: string): Tree {
  const keys = counting(tree.next);
  const group = (node: Node): Group => ({
    key: keys.fresh(),
    nots: 0,
    joined: find(tree, key)?.parent?.joined === "any" ? "all" : "any", // else it said nothing new
    parts: [node],
  });
  const wrapped = replaced(tree, key, (node) => [group(node)]);
  return { ...wrapped, next: keys.last() };
}

/** Its parts take the place of the group. */
export function dissolve(tree: Tree, key: string): Tree {
  return replaced(tree, key, (node) => (isGroup(node) ? node.parts : [node]));
}

/** A part goes to a place of a group, counted before the move; into itself it cannot go. */
export function place(tree: Tree, key: string, group: string, at: number): Tree {
  const found = find(tree, key);
  if (!found?.parent || [...nodesOf(found.node)].some((inner) => inner.key === group)) return tree;
  const shift = found.parent.key === group && found.place < at ? 1 : 0;
  const without = replaced(tree, key, () => []);
  return tidied(tree, key, placed(without, found.node, group, at - shift));
}

export type Move = "up" | "down" | "out" | "in";

/** Where a step up, down, out of its group or into the one beside it leads; null when nowhere. */
function target(tree: Tree, key: string, move: Move): [group: string, at: number] | null {
  const found = find(tree, key);
  if (!found?.parent) return null;
  const { parent, place: at } = found;
  const above = parent.parts[at - 1];
  const below = parent.parts[at + 1];
  switch (move) {
    case "up":
      return above ? [parent.key, at - 1] : null;
    case "down":
      return below ? [parent.key, at + 2] : null;
    case "out": {
      const outer = find(tree, parent.key);
      return outer?.parent ? [outer.parent.key, outer.place + 1] : null;
    }
    case "in":
      if (above && isGroup(above)) return [above.key, above.parts.length];
      return below && isGroup(below) ? [below.key, 0] : null;
  }
}

export function canMove(tree: Tree, key: string, move: Move): boolean {
  return target(tree, key, move) !== null;
}

export function canDissolve(tree: Tree, key: string): boolean {
  const found = find(tree, key);
  return !!found?.parent && isGroup(found.node) && found.node.nots % 2 === 0;
}

export function move(tree: Tree, key: string, step: Move): Tree {
  const to = target(tree, key, step);
  return to ? place(tree, key, ...to) : tree;
}

/** What has the focus once this part is gone: the next one, the one before, or the group. */
export function after(tree: Tree, key: string): string {
  const found = find(tree, key);
  if (!found?.parent) return tree.root.key;
  const { parent, place: at } = found;
  const beside = parent.parts[at + 1] ?? parent.parts[at - 1];
  if (beside) return beside.key;
  return parent.key === tree.root.key ? parent.key : after(tree, parent.key);
}

/** The leaves, in the order in which they are read. */
export function leaves(tree: Tree): Leaf[] {
  return [...nodesOf(tree.root)].filter((node): node is Leaf => !isGroup(node));
}

function placed(tree: Tree, node: Node, group: string, at: number): Tree {
  return replaced(tree, group, (found) => {
    if (!isGroup(found)) return [found];
    const parts = [...found.parts];
    parts.splice(at, 0, node);
    return [{ ...found, parts }];
  });
}

/** A group that lost its last part goes with it: an empty one would mean everybody, or nobody. */
function tidied(before: Tree, key: string, tree: Tree): Tree {
  const parent = find(before, key)?.parent;
  if (!parent || parent.key === tree.root.key) return tree;
  const left = find(tree, parent.key)?.node;
  if (!left || !isGroup(left) || left.parts.length > 0) return tree;
  return tidied(
    tree,
    left.key,
    replaced(tree, left.key, () => []),
  );
}

/** The tree with other parts, or none, in the place of one. */
function replaced(tree: Tree, key: string, by: (node: Node) => Node[]): Tree {
  if (tree.root.key === key) {
    const [root] = by(tree.root);
    return root && isGroup(root) ? { ...tree, root } : tree;
  }
  return { ...tree, root: within(tree.root, key, by) };
}

function within(group: Group, key: string, by: (node: Node) => Node[]): Group {
  let changed = false;
  const parts = group.parts.flatMap((part) => {
    const made = part.key === key ? by(part) : isGroup(part) ? [within(part, key, by)] : [part];
    changed ||= made.length !== 1 || made[0] !== part;
    return made;
  });
  return changed ? { ...group, parts } : group;
}
