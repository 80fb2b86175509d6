// A segment's state, and what else is to be known of it at a glance: its draft, its building.
import { Badge, Box, Group, Progress, Text, Tooltip } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Building, SegmentLine } from "@/api/schema";
import { useLanguage } from "@/patterns/Said";
import { StateBadge } from "@/patterns/StateBadge";
import { SEGMENT_VIEWS } from "@/patterns/states";
import { count } from "@/reading/money";

export function Labels({ line }: { line: SegmentLine }) {
  const { t } = useTranslation();
  return (
    <Group gap={4}>
      <StateBadge state={line.state} views={SEGMENT_VIEWS} />
      {line.static && <Outlined word={t("segments.list")} hint={t("segments.listAbout")} />}
      {line.has_draft && (
        <Outlined word={t("segments.draftWaits")} hint={t("segments.draftWaitsHint")} />
      )}
    </Group>
  );
}

function Outlined({ word, hint }: { word: string; hint: string }) {
  return (
    <Tooltip label={hint}>
      <Badge variant="outline" color="gray" tt="none" fw={550} c="inherit">
        {word}
      </Badge>
    </Tooltip>
  );
}

/** Who belongs is being worked out: how far it has come, in words too. */
export function BuildingBar({ building }: { building: Building }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { phase, done, of } = building;
  const said = t(`segments.building.${phase}`);
  const part = of > 0 ? (100 * done) / of : 0;
  return (
    <Box miw={120} role="status">
      <Text size="xs" c="dimmed">
        {said}
        {of > 0 &&
          ` · ${t("segments.buildingOf", { done: count(done, language), of: count(of, language) })}`}
      </Text>
      <Progress
        value={of > 0 ? part : 100}
        animated={of === 0}
        size="sm"
        mt={3}
        aria-label={said}
      />
    </Box>
  );
}
