// Whatever the language allows comes back as it was; each move does what it says and nothing else.
import { describe, expect, test } from "vitest";
import type { Document } from "./document";
import {
  add,
  added,
  after,
  canDissolve,
  canMove,
  change,
  dissolve,
  duplicate,
  find,
  join,
  leaves,
  move,
  negate,
  place,
  remove,
  wrap,
} from "./moves";
import { documentOf, everybody, nodesOf, treeOf, type Tree } from "./tree";

interface Case {
  condition?: Document;
  cases?: Case[]; // of one person, told once
}
const files = import.meta.glob<Case[]>("../../../tests/conditions/cases/*.json", {
  eager: true,
  import: "default",
});
const conditionsOf = ({ condition, cases = [] }: Case): Document[] =>
  condition ? [condition] : cases.flatMap(conditionsOf);
const cases = Object.values(files).flat().flatMap(conditionsOf);

const did = (event: string) => ({ kind: "did", event });
const all = (...conditions: object[]) => ({ kind: "all", conditions });
const any = (...conditions: object[]) => ({ kind: "any", conditions });
const not = (condition: object) => ({ kind: "not", condition });

/** `all(A, any(B, C))`: short enough to see. */
function told(tree: Tree): string {
  const say = (document: unknown): string => {
    const { kind, conditions, condition, event } = document as {
      kind: string;
      conditions?: unknown[];
      condition?: unknown;
      event?: string;
    };
    if (kind === "not") return `not ${say(condition)}`;
    if (!conditions) return event ?? kind;
    return `${kind}(${conditions.map(say).join(", ")})`;
  };
  return say(documentOf(tree));
}

const keyOf = (tree: Tree, event: string) =>
  leaves(tree).find(({ asks }) => (asks as { event?: string }).event === event)!.key;
const groupOf = (tree: Tree, event: string) => find(tree, keyOf(tree, event))!.parent!.key;

const SAMPLE = treeOf(all(did("A"), any(did("B"), did("C")), did("D")));

describe("a document", () => {
  test("the shared cases are here", () => expect(cases.length).toBeGreaterThan(400));

  test.each([
    ...cases,
    did("A"),
    all(),
    any(did("A")),
    all(did("A")),
    not(not(any(did("A"), not(all())))),
    not(not(did("A"))),
    all(all(all(did("A")))),
    { kind: "sequence", steps: [did("A"), did("B")], within: { days: 1 } },
    { kind: "all", conditions: [did("A")], weights: [1] },
    not({ kind: "moon", phase: null, deep: { er: [1, "2", { x: false }] } }),
    { kind: "not", condition: 5 },
    { ...all(did("A")), version: 1 },
    { ...did("A"), version: 1 },
    { kind: "did", event: "A", wenn: 1 },
  ])("%j comes back as it was", (document) => {
    expect(documentOf(treeOf(document))).toEqual(document);
  });

  test("keys are all different, and stay where a move leaves a part alone", () => {
    const keys = [...nodesOf(SAMPLE.root)].map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    const moved = move(SAMPLE, keyOf(SAMPLE, "D"), "up");
    for (const event of ["A", "B", "C", "D"])
      expect(keyOf(moved, event)).toBe(keyOf(SAMPLE, event));
  });

  test("the language's version stays outermost, however the tree is built on", () => {
    const tree = treeOf({ ...did("A"), version: 1 } as Document);
    const both = add(tree, tree.root.key, did("B"));
    expect(documentOf(both)).toEqual({ ...all(did("A"), did("B")), version: 1 });
  });

  test("what is begun is everybody, and one condition stands without braces", () => {
    const begun = everybody();
    expect(told(begun)).toBe("all()");
    const one = add(begun, begun.root.key, did("A"));
    expect(documentOf(one)).toEqual(did("A"));
    expect(told(add(one, one.root.key, did("B")))).toBe("all(A, B)");
    expect(told(negate(one, one.root.key))).toBe("not A");
  });
});

describe("moves", () => {
  test.each([
    ["A", "down", "all(any(B, C), A, D)"],
    ["D", "up", "all(A, D, any(B, C))"],
    ["A", "up", null],
    ["D", "down", null],
    ["B", "down", "all(A, any(C, B), D)"],
    ["B", "out", "all(A, any(C), B, D)"],
    ["A", "out", null],
    ["A", "in", "all(any(A, B, C), D)"],
    ["D", "in", "all(A, any(B, C, D))"],
    ["B", "in", null],
  ] as const)("%s %s: %s", (event, step, becomes) => {
    const key = keyOf(SAMPLE, event);
    expect(canMove(SAMPLE, key, step)).toBe(becomes !== null);
    expect(told(move(SAMPLE, key, step))).toBe(becomes ?? told(SAMPLE));
  });

  test("a part is put anywhere, but not into itself", () => {
    const [a, group] = [keyOf(SAMPLE, "A"), groupOf(SAMPLE, "B")];
    const { root } = SAMPLE;
    expect(told(place(SAMPLE, a, group, 1))).toBe("all(any(B, A, C), D)");
    expect(told(place(SAMPLE, a, root.key, 3))).toBe("all(any(B, C), D, A)");
    expect(told(place(SAMPLE, a, root.key, 1))).toBe(told(SAMPLE));
    expect(told(place(SAMPLE, group, root.key, 0))).toBe("all(any(B, C), A, D)");
    expect(place(SAMPLE, group, group, 0)).toBe(SAMPLE);
    expect(place(SAMPLE, root.key, group, 0)).toBe(SAMPLE);
  });

  test("a group goes with the last of its parts, and the focus to what stands beside", () => {
    const tree = treeOf(all(did("A"), any(all(did("B")))));
    const b = keyOf(tree, "B");
    expect(told(remove(tree, b))).toBe("all(A)");
    expect(told(move(tree, b, "out"))).toBe("all(A, any(B))");
    expect(after(tree, b)).toBe(keyOf(tree, "A"));
    const alone = treeOf(all(did("A")));
    expect(after(alone, keyOf(alone, "A"))).toBe(alone.root.key);
    expect(told(remove(alone, keyOf(alone, "A")))).toBe("all()");
    expect(after(SAMPLE, keyOf(SAMPLE, "A"))).toBe(groupOf(SAMPLE, "B"));
    expect(after(SAMPLE, keyOf(SAMPLE, "D"))).toBe(groupOf(SAMPLE, "B"));
  });

  test("a copy has keys of its own", () => {
    const twice = duplicate(SAMPLE, groupOf(SAMPLE, "B"));
    expect(told(twice)).toBe("all(A, any(B, C), any(B, C), D)");
    const keys = [...nodesOf(twice.root)].map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(find(twice, added(SAMPLE, twice)!)?.place).toBe(2);
  });

  test("a group of its own joins by the other word, and can be dissolved again", () => {
    const wrapped = wrap(SAMPLE, keyOf(SAMPLE, "A"));
    expect(told(wrapped)).toBe("all(any(A), any(B, C), D)");
    const group = groupOf(wrapped, "A");
    expect(told(dissolve(wrapped, group))).toBe(told(SAMPLE));
    expect(canDissolve(wrapped, group)).toBe(true);
    expect(canDissolve(negate(wrapped, group), group)).toBe(false); // not (A or B) is not A or B
    expect(canDissolve(wrapped, wrapped.root.key)).toBe(false);
    expect(told(join(wrapped, group, "all"))).toBe("all(all(A), any(B, C), D)");
  });

  test("a part is denied, and its denial taken back", () => {
    const key = groupOf(SAMPLE, "B");
    const denied = negate(SAMPLE, key);
    expect(told(denied)).toBe("all(A, not any(B, C), D)");
    expect(told(negate(denied, key))).toBe(told(SAMPLE));
  });

  test("another question takes the place of one, and nothing of a group", () => {
    const key = keyOf(SAMPLE, "C");
    expect(told(change(SAMPLE, key, did("E")))).toBe("all(A, any(B, E), D)");
    expect(change(SAMPLE, SAMPLE.root.key, did("E"))).toEqual(SAMPLE);
  });
});
