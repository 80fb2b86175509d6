// A figure over everybody: its shape while it is counted, and plain words when nobody counts.
import { Code, Text } from "@mantine/core";
import { IconZzz } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { asFailure } from "@/api/failure";
import { Card } from "@/patterns/Card";
import { Empty } from "@/patterns/Empty";
import { Lines, Shown, type Query } from "@/patterns/Shown";

interface Props<Data> {
  title: string;
  query: Query<Data>;
  lines: number;
  children: (data: Data) => ReactNode;
}

export function Counted<Data>({ title, query, lines, children }: Props<Data>) {
  const { t } = useTranslation();
  if (query.error && asFailure(query.error).status === 503)
    return (
      <Card title={title}>
        <Empty
          icon={IconZzz}
          title={t("home.notCounted")}
          todo={
            <Text inherit component="div">
              {t("home.notCountedDo")} <Code>innesco role columns</Code>
            </Text>
          }
        />
      </Card>
    );
  const shape = (
    <Card title={title}>
      <Lines many={lines} />
    </Card>
  );
  return (
    <Shown query={query} shape={shape}>
      {children}
    </Shown>
  );
}
