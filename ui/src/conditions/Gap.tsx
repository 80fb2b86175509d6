// The place between two parts, where a dragged one may be put down.
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { find, place } from "./moves";
import { nodesOf, type Tree } from "./tree";
import { useBuilding } from "./useBuilder";

interface Props {
  group: string;
  at: number;
  children?: ReactNode;
}

export function Gap({ group, at, children }: Props) {
  const { t } = useTranslation();
  const { tree, dragged, drag, act } = useBuilding();
  const [over, setOver] = useState(false);
  const takes = dragged !== null && fits(tree, dragged, group);
  return (
    <div
      className="gap"
      data-gap={`${group}:${at}`}
      data-takes={takes || undefined}
      data-over={(takes && over) || undefined}
      onDragOver={(event) => {
        if (!takes) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        drag(null);
        if (dragged !== null && takes)
          act((tree) => place(tree, dragged, group, at), {
            focus: () => ({ key: dragged, at: "menu" }),
            says: () => t("conditions.news.put"),
          });
      }}
    >
      {children}
    </div>
  );
}

/** A group does not fit into itself. */
function fits(tree: Tree, key: string, group: string): boolean {
  const found = find(tree, key);
  return !!found && ![...nodesOf(found.node)].some((inner) => inner.key === group);
}
