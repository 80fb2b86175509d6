// One box of a drawn journey; every kind of node has its view here, so the compiler finds what lacks.
import { Box, Group, Text, ThemeIcon } from "@mantine/core";
import {
  IconArrowsSplit,
  IconBell,
  IconClock,
  IconFlag,
  IconMail,
  IconMoon,
  IconPlayerPlay,
  type Icon,
} from "@tabler/icons-react";
import { Handle, Position, type NodeProps, type Node as FlowNode } from "@xyflow/react";
import type { ParseKeys } from "i18next";
import { useTranslation } from "react-i18next";
import type { NodeCounts } from "@/api/schema";
import { useLanguage } from "@/patterns/Said";
import { count } from "@/reading/money";
import type { Language } from "@/words/language";
import type { Box as Drawn } from "./drawing";
import type { Journey, Node } from "./journey";
import { tellNode, tellStart, type Teller, type Told } from "./telling";

export interface StepData extends Record<string, unknown> {
  kind: Drawn["kind"];
  name: string;
  journey: Journey;
  node: Node | undefined;
  counts: NodeCounts | undefined;
  told: Told;
}

export const STEP_VIEWS: Record<Drawn["kind"], { icon: Icon; word: ParseKeys; colour: string }> = {
  start: { icon: IconPlayerPlay, word: "journeys.kind.start", colour: "green" },
  end: { icon: IconFlag, word: "journeys.kind.end", colour: "gray" },
  message: { icon: IconMail, word: "journeys.kind.message", colour: "ember" },
  wait: { icon: IconClock, word: "journeys.kind.wait", colour: "blue" },
  "wait for inactivity": { icon: IconMoon, word: "journeys.kind.inactivity", colour: "blue" },
  "wait for": { icon: IconBell, word: "journeys.kind.waitFor", colour: "blue" },
  branch: { icon: IconArrowsSplit, word: "journeys.kind.branch", colour: "grape" },
};

export function StepBox({ data }: NodeProps<FlowNode<StepData>>) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { icon: Picture, word, colour } = STEP_VIEWS[data.kind];
  const said = line(data, { say: t, language });
  return (
    <Box className="card" p="xs" h="100%" style={{ textAlign: "left" }}>
      <Handle type="target" position={Position.Top} style={{ opacity: 0 }} />
      <Group gap={8} wrap="nowrap" align="flex-start">
        <ThemeIcon variant="light" color={colour} size="sm">
          <Picture size={14} aria-hidden />
        </ThemeIcon>
        <Box miw={0}>
          <Text fz={11} c="dimmed" lh={1.3}>
            {t(word)}
          </Text>
          <Text fz={13} fw={600} lh={1.3} lineClamp={2} className="break" title={said}>
            {said}
          </Text>
          {data.counts && (
            <Text fz={12} c="dimmed" mt={2} truncate>
              {numbers(data.kind, data.counts, t, language)}
            </Text>
          )}
        </Box>
      </Group>
      <Handle type="source" position={Position.Bottom} style={{ opacity: 0 }} />
    </Box>
  );
}

function line({ name, node, kind, journey, told }: StepData, teller: Teller): string {
  if (node) return tellNode(name, node, told, teller);
  return kind === "start"
    ? journey.starts.map((start) => tellStart(start, teller)).join(" · ")
    : "";
}

/** How many came, and how many of them wait or got their message. */
function numbers(
  kind: Drawn["kind"],
  { came, waiting, messages }: NodeCounts,
  t: Teller["say"],
  language: Language,
): string {
  const shown = (word: "came" | "waiting" | "gotIt", many: number) =>
    t(`journeys.${word}`, { count: many, shown: count(many, language) });
  if (kind === "branch") return shown("came", came);
  const now = kind === "message" ? shown("gotIt", messages.sent ?? 0) : shown("waiting", waiting);
  return `${shown("came", came)} · ${now}`;
}
