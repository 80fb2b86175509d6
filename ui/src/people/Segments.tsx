// The segments this person belongs to, and since when.
import { Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { PersonPage } from "@/api/schema";
import { Card } from "@/patterns/Card";
import { Moment } from "@/patterns/Said";

export function Segments({ segments }: { segments: PersonPage["segments"] }) {
  const { t } = useTranslation();
  return (
    <Card title={t("people.segments")}>
      {segments.length === 0 && (
        <Text size="sm" c="dimmed">
          {t("people.noSegments")}
        </Text>
      )}
      <Stack gap={4}>
        {segments.map(({ segment, since }) => (
          <Group key={segment} justify="space-between" gap="xs">
            <Text size="sm" fw={550}>
              {segment}
            </Text>
            <Text size="xs" c="dimmed">
              {t("people.since")} <Moment at={since} />
            </Text>
          </Group>
        ))}
      </Stack>
    </Card>
  );
}
