// What can go wrong between this page and the server, as values that a page can explain.

export interface Failure {
  kind: "unreachable" | "signed out" | "forbidden" | "missing" | "refused" | "broken";
  status: number;
  detail: string;
}

export class Failed extends Error {
  constructor(readonly failure: Failure) {
    super(failure.detail || failure.kind);
  }
}

/** Which failure an answer's status stands for; `detail` is the server's own sentence. */
export function failureOf(status: number, detail: string): Failure {
  return { kind: kindOf(status), status, detail };
}

function kindOf(status: number): Failure["kind"] {
  if (status === 0) return "unreachable";
  if (status === 401) return "signed out";
  if (status === 403) return "forbidden";
  if (status === 404 || status === 410) return "missing";
  return status < 500 ? "refused" : "broken";
}

export function asFailure(error: unknown): Failure {
  if (error instanceof Failed) return error.failure;
  const detail = error instanceof Error ? error.message : String(error);
  return error instanceof TypeError ? failureOf(0, detail) : failureOf(500, detail);
}
