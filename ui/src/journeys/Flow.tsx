// A journey drawn: boxes with how many came, arrows with how many went that way, read only.
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
import type { NodeCounts } from "@/api/schema";
import { useLanguage } from "@/patterns/Said";
import { Along } from "./Along";
import { BOX, drawing } from "./drawing";
import type { Journey } from "./journey";
import { StepBox, type StepData } from "./StepBox";
import { tellWay, type Teller, type Told } from "./telling";

interface Props {
  journey: Journey;
  entered: number;
  counts: Record<string, NodeCounts>;
  told: Told;
}

const KINDS = { step: StepBox };
const ARROWS = { along: Along };

export default function Flow(props: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const scheme = useComputedColorScheme("light");
  const { journey, entered, counts, told } = props;
  const { nodes, edges, high } = useMemo(
    () => asFlow({ journey, entered, counts, told }, { say: t, language }),
    [journey, entered, counts, told, t, language],
  );
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

function asFlow({ journey, entered, counts, told }: Props, teller: Teller) {
  const { boxes, arrows } = drawing(journey, (from, way) =>
    tellWay(way, journey.nodes[from] ? (counts[from]?.ways ?? {}) : { then: entered }, teller),
  );
  const nodes: FlowNode<StepData>[] = boxes.map(({ id, kind, x, y }) => ({
    id,
    type: "step",
    position: { x, y },
    data: { kind, name: id, journey, node: journey.nodes[id], counts: counts[id], told },
    width: BOX.width,
    height: BOX.height,
  }));
  const edges: Edge[] = arrows.map(({ id, from, to, label, points, middle }) => ({
    id,
    source: from,
    target: to,
    type: "along",
    data: { points, middle },
    label,
    markerEnd: { type: MarkerType.ArrowClosed },
  }));
  return { nodes, edges, high: Math.max(...boxes.map((box) => box.y)) + BOX.height + 72 };
}
