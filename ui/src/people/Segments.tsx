// The segments this person belongs to, and since when.
import { Anchor, Group, Stack, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { PersonPage } from "@/api/schema";
import { inLanguage } from "@/journeys/telling";
import { Card } from "@/patterns/Card";
import { Moment, useLanguage } from "@/patterns/Said";
import { useSegmentNames } from "@/segments/queries";

export function Segments({ segments }: { segments: PersonPage["segments"] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const names = useSegmentNames();
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
            <Anchor
              component={Link}
              to={`/segments/${segment}`}
              size="sm"
              fw={550}
              className="break"
            >
              {inLanguage(names.get(segment) ?? {}, language) || segment}
            </Anchor>
            <Text size="xs" c="dimmed">
              {t("people.since")} <Moment at={since} />
            </Text>
          </Group>
        ))}
      </Stack>
    </Card>
  );
}
