// A journey as a drawing: boxes and arrows with their places, laid out from top to bottom.
import dagre from "@dagrejs/dagre";
import { ways, type Journey, type Node, type Way } from "./journey";

export const BOX = { width: 240, height: 72 };

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
  points: Point[]; // where it goes along, round the boxes between
}

export interface Point {
  x: number;
  y: number;
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
  const graph = layOut([...kinds.keys()], arrows);
  const boxes = [...kinds].map(([id, kind]) => ({ id, kind, ...corner(graph.node(id)) }));
  return {
    boxes,
    arrows: arrows.map((one) => ({
      ...one,
      points: graph.edge(one.from, one.to, one.id).points ?? [],
    })),
  };
}

function arrowsOf({ first, nodes }: Journey): Arrow[] {
  const begin = nodes[first] ? [arrow(START, first, "then")] : [];
  const others = Object.entries(nodes).flatMap(([from, node]) =>
    ways(node).map(([way, to]) => arrow(from, to && nodes[to] ? to : END, way)),
  );
  return [...begin, ...others];
}

function arrow(from: string, to: string, way: Way): Arrow {
  return { id: `${from}→${way}→${to}`, from, to, way, points: [] };
}

function layOut(ids: string[], arrows: Arrow[]) {
  const graph = new dagre.graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: "TB", nodesep: 36, ranksep: 44 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const id of ids) graph.setNode(id, { ...BOX });
  for (const { id, from, to } of arrows) graph.setEdge(from, to, {}, id);
  dagre.layout(graph);
  return graph;
}

function corner({ x, y }: Point): Point {
  return { x: x - BOX.width / 2, y: y - BOX.height / 2 };
}

/** A line through the points with its corners rounded, as an SVG path. */
export function pathThrough(points: readonly Point[]): string {
  const [first, ...rest] = points;
  const last = rest.pop();
  if (!first || !last) return "";
  const bends = rest.map((point, place) => {
    const next = rest[place + 1] ?? last;
    return `Q ${point.x} ${point.y} ${(point.x + next.x) / 2} ${(point.y + next.y) / 2}`;
  });
  return [`M ${first.x} ${first.y}`, ...bends, `L ${last.x} ${last.y}`].join(" ");
}
