// One more condition in a group, or one more group.
import { Button, Group, Menu } from "@mantine/core";
import { IconBraces, IconPlus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Document } from "./document";
import { BEGINNINGS, type Beginning } from "./kinds";
import { add, added, find } from "./moves";
import { isGroup, nodesOf } from "./tree";
import { useBuilding } from "./useBuilder";

const OFFERED: readonly [string, readonly Beginning[]][] = [
  ["does", ["did", "never did", "sequence", "visit", "cart", "cart has"]],
  ["is", ["attribute", "in segment", "in journey"]],
  ["reach", ["consent", "reachable", "random share"]],
];

interface Props {
  group: string;
  first: boolean; // nothing stands in the whole builder yet
}

export function AddPart({ group, first }: Props) {
  const { t } = useTranslation();
  const { tree, act } = useBuilding();
  const put = (document: Document) =>
    act((tree) => add(tree, group, document), {
      focus: (before, after) => {
        const made = added(before, after);
        const node = made && find(after, made)?.node;
        const leaf = node && [...nodesOf(node)].find((inner) => !isGroup(inner));
        return leaf ? { key: leaf.key, at: "field" } : undefined;
      },
      says: () => t("conditions.news.added"),
    });
  const found = find(tree, group)?.node;
  const other = found && isGroup(found) && found.joined === "any" ? "all" : "any";
  const inGroup = { kind: other, conditions: [BEGINNINGS.did()] } as Document;
  return (
    <Group gap="xs">
      <Menu position="bottom-start" shadow="md" returnFocus={false}>
        <Menu.Target>
          <Button
            variant={first ? "filled" : "light"}
            size={first ? "sm" : "compact-sm"}
            leftSection={<IconPlus size={15} aria-hidden />}
          >
            {t("conditions.add")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {OFFERED.map(([subject, kinds]) => (
            <div key={subject}>
              <Menu.Label>{t(`conditions.subjects.${subject as "does"}`)}</Menu.Label>
              {kinds.map((kind) => (
                <Menu.Item key={kind} onClick={() => put(BEGINNINGS[kind]())}>
                  {t(`conditions.kinds.${kind}`)}
                </Menu.Item>
              ))}
            </div>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Button
        variant="subtle"
        size={first ? "sm" : "compact-sm"}
        leftSection={<IconBraces size={15} aria-hidden />}
        onClick={() => put(inGroup)}
      >
        {t("conditions.addGroup")}
      </Button>
    </Group>
  );
}
