// The builder of a condition: groups within groups, by mouse and by keyboard, with undo.
import { ActionIcon, Group, Stack, Tooltip, VisuallyHidden } from "@mantine/core";
import { IconArrowBackUp, IconArrowForwardUp } from "@tabler/icons-react";
import { useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { asFailure } from "@/api/failure";
import "./builder.css";
import { GroupBox } from "./GroupBox";
import { partAt } from "./place";
import { BuilderContext, type Builder } from "./useBuilder";

interface Props {
  builder: Builder;
  error: unknown; // what the server said of the condition, if it refused it
  without?: string; // a segment that cannot be asked for
}

export function ConditionBuilder({ builder, error, without }: Props) {
  const [dragged, drag] = useState<string | null>(null);
  const { tree, news } = builder;
  const serverSays = error
    ? asFailure(error).wrong.map(({ place, says }) => ({
        key: partAt(tree, place).key,
        says,
      }))
    : [];
  return (
    <BuilderContext value={{ ...builder, dragged, drag, serverSays, without }}>
      <Stack gap="xs" onKeyDown={(event) => rewind(event, builder)}>
        <GroupBox group={tree.root} level={1} />
        <VisuallyHidden role="status">{news}</VisuallyHidden>
      </Stack>
    </BuilderContext>
  );
}

/** Undo and redo, beside the title of what is built. */
export function Rewind({ builder: { undo, redo } }: { builder: Builder }) {
  const { t } = useTranslation();
  return (
    <Group gap={2} wrap="nowrap">
      <Tooltip label={`${t("conditions.undo")} · Ctrl Z`}>
        <ActionIcon
          variant="subtle"
          color="gray"
          c="inherit"
          size={34}
          aria-disabled={!undo}
          opacity={undo ? 1 : 0.35}
          onClick={() => undo?.()}
          aria-label={t("conditions.undo")}
        >
          <IconArrowBackUp size={18} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={`${t("conditions.redo")} · Ctrl Shift Z`}>
        <ActionIcon
          variant="subtle"
          color="gray"
          c="inherit"
          size={34}
          aria-disabled={!redo}
          opacity={redo ? 1 : 0.35}
          onClick={() => redo?.()}
          aria-label={t("conditions.redo")}
        >
          <IconArrowForwardUp size={18} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </Group>
  );
}

function rewind(event: KeyboardEvent, { undo, redo }: Builder): void {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
  const key = event.key.toLowerCase();
  if (key !== "z" && key !== "y") return;
  event.preventDefault(); // the fields' own undo knows nothing of the rest
  if (key === "y" || event.shiftKey) redo?.();
  else undo?.();
}
