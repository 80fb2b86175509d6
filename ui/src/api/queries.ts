// How long an answer counts, and when a question is asked again.
import { QueryClient } from "@tanstack/react-query";
import { asFailure } from "./failure";

const WORTH_ANOTHER_TRY = new Set(["unreachable", "broken"]);

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      retry: (tries, error) => tries < 2 && WORTH_ANOTHER_TRY.has(asFailure(error).kind),
    },
    mutations: { retry: false },
  },
});
