// The journeys this person is or was in, and where each run stands.
import { Badge, Group, Stack, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Course } from "@/api/schema";
import { useJourneyName } from "@/journeys/queries";
import { Card } from "@/patterns/Card";
import { Moment, useLanguage } from "@/patterns/Said";
import { reasonIn } from "@/words/reasons";

export function Runs({ runs }: { runs: readonly Course[] }) {
  const { t } = useTranslation();
  return (
    <Card title={t("people.runs")}>
      {runs.length === 0 && (
        <Text size="sm" c="dimmed">
          {t("people.noRuns")}
        </Text>
      )}
      <Stack gap="sm">
        {runs.map((run) => (
          <One key={run.id} run={run} />
        ))}
      </Stack>
    </Card>
  );
}

function One({ run }: { run: Course }) {
  const { t } = useTranslation();
  const name = useJourneyName()(run.journey);
  return (
    <div>
      <Group gap="xs">
        <Link
          to="/journeys/$journey"
          params={{ journey: run.journey }}
          style={{ color: "var(--mantine-color-anchor)", fontSize: 14, fontWeight: 600 }}
        >
          {name}
        </Link>
        {run.holdout && (
          <Badge size="sm" variant="light" color="grape" tt="none">
            {t("people.control")}
          </Badge>
        )}
      </Group>
      <Text size="sm">
        <Standing run={run} />
      </Text>
      <Text size="xs" c="dimmed">
        {t("people.enteredAt")} <Moment at={run.entered} />
      </Text>
    </div>
  );
}

function Standing({ run }: { run: Course }) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (run.left)
    return (
      <>
        {t("people.leftBecause", { reason: reasonIn(run.because ?? "–", language) })} ·{" "}
        <Moment at={run.left} />
      </>
    );
  return (
    <>
      {t("people.standsAt", { node: run.node ?? "–" })}, {t("people.since")}{" "}
      <Moment at={run.changed} />
    </>
  );
}
