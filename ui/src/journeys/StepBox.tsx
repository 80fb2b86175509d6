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
import { useLanguage } from "@/patterns/Said";
import type { Box as Drawn } from "./drawing";
import type { Journey, Node } from "./journey";
import { tellNode, tellStart, type Teller } from "./telling";

/** People who stand at a step now, and those who passed it. */
export interface Counts {
  waiting: number;
  passed: number;
}

export interface StepData extends Record<string, unknown> {
  kind: Drawn["kind"];
  journey: Journey;
  node: Node | undefined;
  counts: Counts | undefined;
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
          <Text
            fz={13}
            fw={600}
            lh={1.3}
            lineClamp={data.counts ? 1 : 2}
            title={line(data, { say: t, language })}
          >
            {line(data, { say: t, language })}
          </Text>
          {data.counts && data.kind !== "branch" && (
            <Text fz={12} c="dimmed" mt={2}>
              {numbers(data.counts, t)}
            </Text>
          )}
        </Box>
      </Group>
      <Handle type="source" position={Position.Bottom} style={{ opacity: 0 }} />
    </Box>
  );
}

function line({ node, kind, journey }: StepData, teller: Teller): string {
  if (node) return tellNode(node, teller);
  return kind === "start"
    ? journey.starts.map((start) => tellStart(start, teller)).join(" · ")
    : "";
}

function numbers(counts: Counts, t: Teller["say"]): string {
  return [
    t("journeys.waiting", { count: counts.waiting }),
    t("journeys.passed", { count: counts.passed }),
  ].join(" · ");
}
