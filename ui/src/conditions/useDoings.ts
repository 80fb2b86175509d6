// What can be done to a part: each is absent where it leads nowhere, and leaves the focus on it.
import { useTranslation } from "react-i18next";
import * as moves from "./moves";
import { isGroup, type Node, type Tree } from "./tree";
import { useBuilding, type Focus } from "./useBuilder";

export function useDoings(part: Node) {
  const { t } = useTranslation();
  const { tree, act } = useBuilding();
  const { key } = part;
  const root = key === tree.root.key;
  const stays = (): Focus => ({ key, at: "menu" });
  const where = (after: Tree) => {
    const found = moves.find(after, key);
    return t("conditions.news.moved", {
      place: (found?.place ?? 0) + 1,
      many: found?.parent?.parts.length ?? 1,
      group: t(`conditions.groups.${found?.parent?.joined ?? "all"}`),
    });
  };
  const onto = (step: (tree: Tree) => Tree, says: (after: Tree) => string) => () =>
    act(step, { focus: stays, says });
  return {
    move: (step: moves.Move) =>
      moves.canMove(tree, key, step)
        ? onto((tree) => moves.move(tree, key, step), where)
        : undefined,
    negate: onto(
      (tree) => moves.negate(tree, key),
      () => t(part.nots > 0 ? "conditions.news.held" : "conditions.news.denied"),
    ),
    wrap: root ? undefined : onto((tree) => moves.wrap(tree, key), where),
    duplicate: root
      ? undefined
      : () =>
          act((tree) => moves.duplicate(tree, key), {
            focus: (before, after) => {
              const made = moves.added(before, after);
              return made ? { key: made, at: "menu" } : stays();
            },
            says: () => t("conditions.news.duplicated"),
          }),
    dissolve:
      isGroup(part) && moves.canDissolve(tree, key)
        ? () =>
            act((tree) => moves.dissolve(tree, key), {
              focus: () => ({ key: part.parts[0]?.key ?? tree.root.key, at: "menu" }),
              says: () => t("conditions.news.dissolved"),
            })
        : undefined,
    remove: root
      ? undefined
      : () =>
          act((tree) => moves.remove(tree, key), {
            focus: (before) => ({ key: moves.after(before, key), at: "menu" }),
            says: () => t("conditions.news.removed"),
          }),
  };
}
