// What the parts of the builder share: the tree and its past, what is wrong, where the focus goes.
import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { problems, type Problem } from "./check";
import type { Document } from "./document";
import { begun, redone, stepped, undone, type Past } from "./past";
import { documentOf, treeOf, type Tree } from "./tree";

export interface Step {
  typing?: string; // the field being typed into; its next letter is no step of its own
  focus?: (before: Tree, after: Tree) => Focus | undefined; // once it is done
  says?: (after: Tree) => string; // to whoever cannot see it
}

/** A part's menu, or its first field. */
export interface Focus {
  key: string;
  at: "menu" | "field";
}

export function useBuilder(first: Document) {
  const [past, setPast] = useState<Past<Tree>>(() => begun(treeOf(first)));
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [everything, showEverything] = useState(false);
  const [news, setNews] = useState("");
  const focus = useFocus();
  const tree = past.now;
  const wrong = useMemo(() => problems(tree), [tree]);
  const document = useMemo(() => documentOf(tree), [tree]);
  const act = useCallback(
    (step: (tree: Tree) => Tree, { typing, focus: next, says }: Step = {}) => {
      const after = step(tree);
      setPast((past) => stepped(past, after, typing ?? null));
      if (next) focus.later(next(tree, after));
      if (says) setNews(says(after));
    },
    [tree, focus],
  );
  const rewind = (by: typeof undone<Tree>) => {
    setPast(by);
    focus.unlessKept(tree.root.key);
  };
  return {
    tree,
    document,
    wrong,
    whole: wrong.length === 0,
    act,
    news,
    undo: past.before.length > 0 ? () => rewind(undone) : null,
    redo: past.after.length > 0 ? () => rewind(redone) : null,
    replace: (document: Document) => setPast((past) => stepped(past, treeOf(document))),
    leave: (field: string) => setLeft((left) => new Set(left).add(field)),
    showEverything: () => showEverything(true),
    shown: (problem: Problem) => everything || left.has(`${problem.key}/${problem.place}`),
    goTo: focus.now,
  };
}

export type Builder = ReturnType<typeof useBuilder>;

/** Where the focus is to be once the page shows what was done. */
function useFocus() {
  const wanted = useRef<Focus>(undefined);
  const lost = useRef<string>(undefined);
  useEffect(() => {
    if (wanted.current) put(wanted.current);
    else if (lost.current && window.document.activeElement === window.document.body)
      put({ key: lost.current, at: "menu" });
    wanted.current = lost.current = undefined;
  });
  return useMemo(
    () => ({
      later: (focus: Focus | undefined) => {
        wanted.current = focus;
      },
      /** To this part, if what had the focus is no longer there. */
      unlessKept: (key: string) => {
        lost.current = key;
      },
      now: put,
    }),
    [],
  );
}

function put({ key, at }: Focus): void {
  const part = document.querySelector(`[data-part="${key}"]`);
  const field = () =>
    part?.querySelector<HTMLElement>("[aria-invalid=true]") ??
    part?.querySelector<HTMLElement>("input") ??
    part?.querySelector<HTMLElement>("select, textarea");
  const found = (at === "field" && field()) || part?.querySelector<HTMLElement>("[data-menu]");
  found?.focus();
}

export interface Building extends Builder {
  dragged: string | null;
  drag: (key: string | null) => void;
  serverSays: { key: string; says: string }[]; // about parts that are whole for us
  without?: string; // a segment that cannot be asked for: the one being built
}

export const BuilderContext = createContext<Building | null>(null);
export const PartContext = createContext("");

export function useBuilding(): Building {
  const building = useContext(BuilderContext);
  if (!building) throw new Error("useBuilding is for the parts of a Builder");
  return building;
}
