// A journey as a drawing: boxes and arrows with their places, laid out from top to bottom.
import dagre from "@dagrejs/dagre";
import { ways, type Journey, type Node, type Way } from "./journey";

export const BOX = { width: 240, height: 84 };

export interface Box {
  id: string;
  kind: "start" | "end" | Node["type"];
  x: number;
  y: number;
}

export interface Arrow {
  id: string;
  from: string;
  to: string;
  way: Way;
}

export interface Drawing {
  boxes: Box[];
  arrows: Arrow[];
}

const START = "·start";
const END = "·end";

/** One box for each node, one before them all, one where they end. */
export function drawing(journey: Journey): Drawing {
  const arrows = arrowsOf(journey);
  const kinds = new Map<string, Box["kind"]>([[START, "start"]]);
  for (const [name, node] of Object.entries(journey.nodes)) kinds.set(name, node.type);
  if (arrows.some((arrow) => arrow.to === END)) kinds.set(END, "end");
  const places = layOut([...kinds.keys()], arrows);
  const boxes = [...kinds].map(([id, kind]) => ({ id, kind, ...(places.get(id) ?? { x: 0, y: 0 }) }));
  return { boxes, arrows };
}

function arrowsOf({ first, nodes }: Journey): Arrow[] {
  const begin = nodes[first] ? [arrow(START, first, "then")] : [];
  const others = Object.entries(nodes).flatMap(([from, node]) =>
    ways(node).map(([way, to]) => arrow(from, to && nodes[to] ? to : END, way)),
  );
  return [...begin, ...others];
}

function arrow(from: string, to: string, way: Way): Arrow {
  return { id: `${from}→${way}→${to}`, from, to, way };
}

function layOut(ids: string[], arrows: Arrow[]): Map<string, { x: number; y: number }> {
  const graph = new dagre.graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: "TB", nodesep: 36, ranksep: 56 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const id of ids) graph.setNode(id, { ...BOX });
  for (const { id, from, to } of arrows) graph.setEdge(from, to, {}, id);
  dagre.layout(graph);
  return new Map(ids.map((id) => {
    const { x, y } = graph.node(id);
    return [id, { x: x - BOX.width / 2, y: y - BOX.height / 2 }];
  }));
}
