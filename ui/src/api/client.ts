// The typed client: paths and answers come from the server's own description of itself.
import createFetch from "openapi-fetch";
import createClient from "openapi-react-query";
import { Failed, failureOf } from "./failure";
import { queries } from "./queries";
import type { paths } from "./schema";

let csrf = "";

/** What the session told us to send along with every change. */
export function rememberCsrf(token: string): void {
  csrf = token;
}

export const server = createFetch<paths>({ baseUrl: location.origin, credentials: "same-origin" });

server.use({
  onRequest({ request }) {
    if (request.method !== "GET" && csrf) request.headers.set("X-CSRF-Token", csrf);
    return request;
  },
  async onResponse({ response, schemaPath }) {
    if (response.ok) return;
    if (response.status === 401 && schemaPath !== SESSION)
      void queries.invalidateQueries({ queryKey: ["get", SESSION] });
    const body: unknown = await response.json().catch(() => null);
    throw new Failed(failureOf(response.status, body));
  },
});

export const SESSION = "/api/session";

export const api = createClient(server);
