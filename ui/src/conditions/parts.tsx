// What every part has, group or condition: a grip to drag it by, keys that move it, what is wrong.
import { Button, Text } from "@mantine/core";
import { IconAlertCircle, IconGripVertical, IconX } from "@tabler/icons-react";
import type { KeyboardEvent, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { negate, type Move } from "./moves";
import type { Node } from "./tree";
import { useBuilding } from "./useBuilder";
import { useDoings } from "./useDoings";

export function Grip({ part }: { part: Node }) {
  const { drag } = useBuilding();
  return (
    <span
      className="grip"
      draggable
      aria-hidden // the menu beside it does all of this by keyboard
      onDragStart={(event) => {
        event.dataTransfer.effectAllowed = "move";
        event.dataTransfer.setData("text/plain", part.key);
        const shown = event.currentTarget.closest("[data-part]");
        if (shown) event.dataTransfer.setDragImage(shown, 12, 12);
        setTimeout(() => drag(part.key)); // a page that changes at once ends the drag in Chromium
      }}
      onDragEnd={() => drag(null)}
    >
      <IconGripVertical size={16} />
    </span>
  );
}

const KEYS: Record<string, Move> = {
  ArrowUp: "up",
  ArrowDown: "down",
  ArrowLeft: "out",
  ArrowRight: "in",
};

/** Alt and an arrow move the part whose menu has the focus; Delete takes it away. */
export function Handled({ part, children }: { part: Node; children: ReactNode }) {
  const doings = useDoings(part);
  const act = (event: KeyboardEvent) => {
    const onMenu = (event.target as HTMLElement).closest("[data-menu]");
    const step = event.altKey ? KEYS[event.key] : undefined;
    if (!onMenu || (!step && event.key !== "Delete")) return;
    event.preventDefault();
    if (step) doings.move(step)?.();
    else doings.remove?.();
  };
  return <div onKeyDown={act}>{children}</div>;
}

/** `not`, to be taken back by a click. */
export function Denied({ part }: { part: Node }) {
  const { t } = useTranslation();
  const { act } = useBuilding();
  if (part.nots === 0) return null;
  return (
    <Button
      size="compact-sm"
      h={30}
      color="red"
      variant="light"
      rightSection={<IconX size={13} aria-hidden />}
      onClick={() =>
        act((tree) => negate(tree, part.key), { focus: () => ({ key: part.key, at: "menu" }) })
      }
      aria-label={t("conditions.takeNotBack")}
      style={{ flexShrink: 0 }}
    >
      {Array.from({ length: part.nots }, () => t("conditions.not")).join(" ")}
    </Button>
  );
}

/** What concerns the part as a whole, and what only the server knows. */
export function Problems({ part }: { part: Node }) {
  const { t } = useTranslation();
  const { wrong, serverSays } = useBuilding();
  const own = wrong
    .filter(({ key, place }) => key === part.key && place === "")
    .map(({ wrong }) => t(`conditions.wrong.${wrong}`));
  const said = serverSays.filter(({ key }) => key === part.key).map(({ says }) => says);
  return [...own, ...said].map((says) => (
    <Text key={says} size="sm" c="var(--mantine-color-error)" className="wrong" role="alert">
      <IconAlertCircle size={15} aria-hidden /> {says}
    </Text>
  ));
}
