// Where the server says that something is wrong, as the part of the tree and the place within it.
import { isGroup, type Node, type Tree } from "./tree";

/** `conditions[0].condition.where[1].is` is the first part's own `where[1].is`. */
export function partAt(tree: Tree, place: string): { key: string; place: string } {
  const { root, braced } = tree;
  const [only, ...others] = root.parts;
  if (braced || !only || others.length > 0) return within(root, root.nots, place);
  return within(only, only.nots + root.nots, place);
}

function within(node: Node, nots: number, place: string): { key: string; place: string } {
  const denied = /^condition(?:\.|$)(.*)$/.exec(place);
  if (nots > 0 && denied) return within(node, nots - 1, denied[1] ?? "");
  const [, at, rest = ""] = /^conditions\[(\d+)\]\.?(.*)$/.exec(place) ?? [];
  const part = isGroup(node) && at !== undefined ? node.parts[Number(at)] : undefined;
  return part ? within(part, part.nots, rest) : { key: node.key, place };
}
