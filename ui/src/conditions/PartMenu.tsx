// Everything that can be done to a part, by name and with its keys.
import { ActionIcon, Kbd, Menu } from "@mantine/core";
import {
  IconArrowBarToLeft,
  IconArrowBarToRight,
  IconArrowDown,
  IconArrowUp,
  IconBan,
  IconBraces,
  IconBracketsOff,
  IconCopy,
  IconDots,
  IconTrash,
  type Icon,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { find } from "./moves";
import type { Node } from "./tree";
import { useBuilding } from "./useBuilder";
import { useDoings } from "./useDoings";

const STEPS = ["up", "down", "in", "out"] as const;

export function PartMenu({ part }: { part: Node }) {
  const { t } = useTranslation();
  const { tree } = useBuilding();
  const doings = useDoings(part);
  const { parent, place = 0 } = find(tree, part.key) ?? {};
  const label = parent
    ? t("conditions.menuOf", { place: place + 1, many: parent.parts.length })
    : t("conditions.menuOfAll");
  return (
    <Menu position="bottom-end" shadow="md" width={250} returnFocus={false}>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          c="dimmed"
          size={30}
          data-menu
          aria-label={label}
          ml="auto"
        >
          <IconDots size={17} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Item icon={IconArrowUp} keys="Alt ↑" act={doings.move("up")}>
          {t("conditions.doings.up")}
        </Item>
        <Item icon={IconArrowDown} keys="Alt ↓" act={doings.move("down")}>
          {t("conditions.doings.down")}
        </Item>
        <Item icon={IconArrowBarToRight} keys="Alt →" act={doings.move("in")}>
          {t("conditions.doings.in")}
        </Item>
        <Item icon={IconArrowBarToLeft} keys="Alt ←" act={doings.move("out")}>
          {t("conditions.doings.out")}
        </Item>
        {STEPS.some((step) => doings.move(step)) && <Menu.Divider />}
        <Item icon={IconBan} act={doings.negate}>
          {t(part.nots > 0 ? "conditions.doings.hold" : "conditions.doings.deny")}
        </Item>
        <Item icon={IconBraces} act={doings.wrap}>
          {t("conditions.doings.wrap")}
        </Item>
        <Item icon={IconBracketsOff} act={doings.dissolve}>
          {t("conditions.doings.dissolve")}
        </Item>
        <Item icon={IconCopy} act={doings.duplicate}>
          {t("conditions.doings.duplicate")}
        </Item>
        <Item icon={IconTrash} keys="Del" act={doings.remove} red>
          {t("conditions.doings.remove")}
        </Item>
      </Menu.Dropdown>
    </Menu>
  );
}

interface ItemProps {
  icon: Icon;
  keys?: string;
  act?: () => void;
  red?: boolean;
  children: string;
}

/** Not there at all where it leads nowhere. */
function Item({ icon: Picture, keys, act, red, children }: ItemProps) {
  if (!act) return null;
  return (
    <Menu.Item
      leftSection={<Picture size={16} aria-hidden />}
      rightSection={keys && <Kbd size="xs">{keys}</Kbd>}
      color={red ? "red" : undefined}
      onClick={act}
    >
      {children}
    </Menu.Item>
  );
}
