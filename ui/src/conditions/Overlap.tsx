// What the people who are meant have in common with other segments: bars, each with its numbers.
import { Anchor, Box, Group, Progress, Stack, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { inLanguage } from "@/journeys/telling";
import { Card } from "@/patterns/Card";
import { useLanguage } from "@/patterns/Said";
import { Lines, Shown } from "@/patterns/Shown";
import { count, share } from "@/reading/money";
import type { Document } from "./document";
import { useOverlap } from "./queries";

const MOST = 8;

interface Props {
  condition: Document | null;
  people: number | undefined; // how many are meant
  without?: string; // the segment itself
}

export function Overlap({ condition, people, without }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const query = useOverlap(condition);
  if (condition === null) return null;
  return (
    <Card title={t("conditions.overlap")} about={t("conditions.overlapAbout")}>
      <Shown query={query} shape={<Lines many={3} high={30} />}>
        {(segments) => {
          const some = segments
            .filter(({ segment, both }) => segment !== without && both > 0)
            .sort((one, other) => other.both - one.both)
            .slice(0, MOST);
          if (some.length === 0)
            return (
              <Text size="sm" c="dimmed">
                {t("conditions.noOverlap")}
              </Text>
            );
          const whole = Math.max(people ?? 0, ...some.map(({ both }) => both));
          return (
            <Stack gap="sm">
              {some.map(({ segment, name, people, both }) => (
                <Box key={segment}>
                  <Group justify="space-between" wrap="nowrap" gap="xs">
                    <Anchor component={Link} to={`/segments/${segment}`} size="sm" className="clip">
                      {inLanguage(name, language) || segment}
                    </Anchor>
                    <Text size="xs" c="dimmed" className="figure">
                      {t("conditions.overlapOf", {
                        both: count(both, language),
                        share: share(both, people, language),
                      })}
                    </Text>
                  </Group>
                  <Progress value={(100 * both) / whole} size="sm" mt={3} aria-hidden />
                </Box>
              ))}
            </Stack>
          );
        }}
      </Shown>
    </Card>
  );
}
