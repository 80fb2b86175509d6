// A journey's document as its author wrote it; the kinds of node are those of the server.

export interface MessageNode {
  type: "message";
  template: string;
  then?: string | null;
  channel?: string;
  products?: string;
}
export interface WaitNode {
  type: "wait";
  lasts: string;
  then?: string | null;
}
export interface InactivityNode {
  type: "wait for inactivity";
  lasts: string;
  restarts_on?: string[];
  then?: string | null;
}
export interface WaitForNode {
  type: "wait for";
  event: string;
  limit: string;
  done?: string | null;
  not_done?: string | null;
}
export interface BranchNode {
  type: "branch";
  when: unknown;
  yes?: string | null;
  no?: string | null;
}

export type Node = MessageNode | WaitNode | InactivityNode | WaitForNode | BranchNode;

export type Start =
  | { type: "event"; event: string }
  | { type: "attribute"; name: string; to?: string | number | boolean | null }
  | { type: "segment"; segment: string; leaves?: boolean }
  | { type: "trigger"; trigger: string };

export interface Journey {
  id: string;
  name: Record<string, string>;
  starts: Start[];
  first: string;
  nodes: Record<string, Node>;
  key?: string | null;
  goal?: string[];
  stops?: { event: string; same_key?: boolean }[];
  holdout?: number;
  kind?: string;
}

export type Way = "then" | "done" | "not_done" | "yes" | "no";

/** Where a node leads to, each way by its name; a way without a node ends the journey. */
export function ways(node: Node): [Way, string | null][] {
  switch (node.type) {
    case "message":
    case "wait":
    case "wait for inactivity":
      return [["then", node.then ?? null]];
    case "wait for":
      return [
        ["done", node.done ?? null],
        ["not_done", node.not_done ?? null],
      ];
    case "branch":
      return [
        ["yes", node.yes ?? null],
        ["no", node.no ?? null],
      ];
  }
}
