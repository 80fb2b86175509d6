// A query as a page shows it: its shape while it loads, its trouble, or its content.
import { Skeleton, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Trouble } from "./Trouble";

export interface Query<Data> {
  data: Data | undefined;
  error: unknown;
  isPending: boolean;
  refetch: () => unknown;
}

interface Props<Data> {
  query: Query<Data>;
  shape?: ReactNode;
  children: (data: Data) => ReactNode;
}

export function Shown<Data>({ query, shape, children }: Props<Data>) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.error) return <Trouble error={query.error} again={() => void query.refetch()} />;
  return <>{shape ?? <Lines />}</>;
}

/** Grey lines where a list will stand, so that nothing jumps. */
export function Lines({ many = 5, high = 44 }: { many?: number; high?: number }) {
  const { t } = useTranslation();
  return (
    <Stack gap="xs" p="md" role="status" aria-label={t("errors.loading")}>
      {Array.from({ length: many }, (_, line) => (
        <Skeleton key={line} h={high} radius="md" />
      ))}
    </Stack>
  );
}
