// A journey as a drawing: boxes and arrows with their places, laid out from top to bottom.
import dagre from "@dagrejs/dagre";
import { ways, type Journey, type Node, type Way } from "./journey";

export const BOX = { width: 240, height: 88 };

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
  label: string;
  points: Point[]; // where it goes along, round the boxes between
  middle: Point; // where its label has room
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

/** What stands beside an arrow, by the box it leaves and its way. */
type Labels = (from: string, way: Way) => string;

/** One box for each node, one before them all, one where they end; arrows with room for a label. */
export function drawing(journey: Journey, labels: Labels = () => ""): Drawing {
  const arrows = arrowsOf(journey).map((one) => ({ ...one, label: labels(one.from, one.way) }));
  const kinds = new Map<string, Box["kind"]>([[START, "start"]]);
  for (const [name, node] of Object.entries(journey.nodes)) kinds.set(name, node.type);
  if (arrows.some((arrow) => arrow.to === END)) kinds.set(END, "end");
  const graph = layOut([...kinds.keys()], arrows);
  const boxes = [...kinds].map(([id, kind]) => ({ id, kind, ...corner(graph.node(id)) }));
  return { boxes, arrows: arrows.map((one) => ({ ...one, ...along(graph, one) })) };
}

type Step = Omit<Arrow, "points" | "middle" | "label">;

function arrowsOf({ first, nodes }: Journey): Step[] {
  const begin = nodes[first] ? [arrow(START, first, "then")] : [];
  const others = Object.entries(nodes).flatMap(([from, node]) =>
    ways(node).map(([way, to]) => arrow(from, to && nodes[to] ? to : END, way)),
  );
  return [...begin, ...others];
}

function arrow(from: string, to: string, way: Way): Step {
  return { id: `${from}→${way}→${to}`, from, to, way };
}

function layOut(ids: string[], arrows: (Step & { label: string })[]) {
  const graph = new dagre.graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: "TB", nodesep: 36, edgesep: 16, ranksep: 44 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const id of ids) graph.setNode(id, { ...BOX });
  for (const { id, from, to, label } of arrows) graph.setEdge(from, to, room(label), id);
  dagre.layout(graph);
  return graph;
}

function room(label: string) {
  return label ? { width: label.length * 7 + 12, height: 20, labelpos: "c" as const } : {};
}

function along(graph: ReturnType<typeof layOut>, { from, to, id }: Step) {
  const { points = [], x, y } = graph.edge(from, to, id);
  const [first = { x: 0, y: 0 }] = points;
  return { points, middle: { x: x ?? first.x, y: y ?? first.y } };
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
