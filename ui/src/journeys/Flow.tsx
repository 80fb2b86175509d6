// A journey drawn: boxes with the people who wait there and have passed, read only.
import "@xyflow/react/dist/style.css";
import { Box, useComputedColorScheme } from "@mantine/core";
import {
  Background,
  Controls,
  MarkerType,
  ReactFlow,
  type Edge,
  type Node as FlowNode,
} from "@xyflow/react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Say } from "@/words/speak";
import { Along } from "./Along";
import { BOX, drawing } from "./drawing";
import type { Journey } from "./journey";
import { StepBox, type Counts, type StepData } from "./StepBox";

interface Props {
  journey: Journey;
  counts: Record<string, Counts>;
}

const KINDS = { step: StepBox };
const ARROWS = { along: Along };

export default function Flow({ journey, counts }: Props) {
  const { t } = useTranslation();
  const scheme = useComputedColorScheme("light");
  const { nodes, edges, high } = useMemo(() => asFlow(journey, counts, t), [journey, counts, t]);
  return (
    <Box h={Math.min(1200, high)} role="figure" aria-label={t("journeys.drawn")}>
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={KINDS}
        edgeTypes={ARROWS}
        colorMode={scheme}
        fitView
        fitViewOptions={{ maxZoom: 1, padding: 0.08 }}
        nodesDraggable={false}
        nodesConnectable={false}
        edgesFocusable={false}
        zoomOnScroll={false}
        preventScrolling={false}
        minZoom={0.3}
      >
        <Background gap={20} />
        <Controls showInteractive={false} />
      </ReactFlow>
    </Box>
  );
}

function asFlow(journey: Journey, counts: Record<string, Counts>, t: Say) {
  const { boxes, arrows } = drawing(journey);
  const nodes: FlowNode<StepData>[] = boxes.map(({ id, kind, x, y }) => ({
    id,
    type: "step",
    position: { x, y },
    data: { kind, journey, node: journey.nodes[id], counts: counts[id] },
    width: BOX.width,
    height: BOX.height,
  }));
  const edges: Edge[] = arrows.map(({ id, from, to, way, points }) => ({
    id,
    source: from,
    target: to,
    type: "along",
    data: { points },
    label: way === "then" ? undefined : t(`journeys.way.${way}`),
    markerEnd: { type: MarkerType.ArrowClosed },
  }));
  return { nodes, edges, high: Math.max(...boxes.map((box) => box.y)) + BOX.height + 72 };
}
