// Every version of a journey, who made it and when.
import { Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Version } from "@/api/schema";
import { Card } from "@/patterns/Card";
import { Moment } from "@/patterns/Said";
import { StateBadge } from "@/patterns/StateBadge";
import { JOURNEY_VIEWS } from "@/patterns/states";

export function Versions({ versions }: { versions: readonly Version[] }) {
  const { t } = useTranslation();
  return (
    <Card title={t("journeys.versions")}>
      <Stack gap="xs">
        {versions.map((version) => (
          <Group key={version.version} justify="space-between" wrap="nowrap">
            <div style={{ minWidth: 0 }}>
              <Text size="sm" fw={550}>
                {t("journeys.version", { version: version.version })}
              </Text>
              <Text size="xs" c="dimmed">
                <Moment at={version.created} />
                {version.author && ` ${t("journeys.by", { name: version.author })}`}
              </Text>
            </div>
            <StateBadge state={version.state} views={JOURNEY_VIEWS} />
          </Group>
        ))}
      </Stack>
    </Card>
  );
}
