// An arrow that goes round the boxes between its ends, with the name of its way.
import { BaseEdge, EdgeLabelRenderer, type Edge, type EdgeProps } from "@xyflow/react";
import { pathThrough, type Point } from "./drawing";

export function Along({
  data,
  label,
  markerEnd,
}: EdgeProps<Edge<{ points: Point[]; middle: Point }>>) {
  const { points = [], middle } = data ?? {};
  return (
    <>
      <BaseEdge path={pathThrough(points)} markerEnd={markerEnd} />
      {label && middle && (
        <EdgeLabelRenderer>
          <span
            className="way"
            style={{ transform: `translate(-50%, -50%) translate(${middle.x}px, ${middle.y}px)` }}
          >
            {label}
          </span>
        </EdgeLabelRenderer>
      )}
    </>
  );
}
