// One journey: what it does in a sentence, its figures, its drawing, how runs ended, its versions.
import { Alert, Grid, SimpleGrid, Skeleton, Stack, Text } from "@mantine/core";
import { IconPencil } from "@tabler/icons-react";
import { getRouteApi } from "@tanstack/react-router";
import { lazy, Suspense, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { JourneyPage as Shape } from "@/api/schema";
import { Card } from "@/patterns/Card";
import { Figure } from "@/patterns/Figure";
import { Page } from "@/patterns/Page";
import { Moment, useLanguage, useZone } from "@/patterns/Said";
import { Lines, Shown } from "@/patterns/Shown";
import { StateBadge } from "@/patterns/StateBadge";
import { JOURNEY_VIEWS } from "@/patterns/states";
import { count, share } from "@/reading/money";
import { exact } from "@/reading/moments";
import type { Journey } from "./journey";
import { Here } from "./Here";
import { Outcomes } from "./Outcomes";
import { PublishOrPause } from "./PublishOrPause";
import { useJourney } from "./queries";
import { StepTable } from "./StepTable";
import { inLanguage, tell } from "./telling";
import { Versions } from "./Versions";

const route = getRouteApi("/journeys/$journey");
const Flow = lazy(() => import("./Flow"));

export function JourneyPage() {
  const { journey } = route.useParams();
  const query = useJourney(journey);
  return (
    <Shown query={query} shape={<Lines many={5} high={110} />}>
      {(data) => <One page={data} />}
    </Shown>
  );
}

function One({ page }: { page: Shape }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { line, nodes, versions, draft, asks, templates } = page;
  const told = useMemo(() => ({ asks, templates }), [asks, templates]);
  const zone = useZone();
  const journey = page.document as unknown as Journey; // the server decoded it before it kept it
  return (
    <Page
      title={inLanguage(line.name, language)}
      beside={<StateBadge state={line.state} views={JOURNEY_VIEWS} />}
      about={
        <>
          {t("journeys.version", { version: line.version })} · <Moment at={line.changed} />
          {line.by && ` ${t("journeys.by", { name: line.by })}`}
        </>
      }
      actions={<PublishOrPause page={page} />}
    >
      <Text maw={820}>{tell(journey, { say: t, language })}</Text>
      {draft && (
        <Alert color="yellow" variant="light" icon={<IconPencil aria-hidden />}>
          {t("journeys.newer")}
        </Alert>
      )}
      <SimpleGrid cols={{ base: 2, sm: 4 }}>
        <Figure name={t("journeys.inside")} value={count(line.counts.inside, language)} />
        <Figure name={t("journeys.entered")} value={count(line.counts.entered, language)} />
        <Figure
          name={t("journeys.sent")}
          value={count(line.messages.sent ?? 0, language)}
          about={t("journeys.skipped", { count: line.messages.skipped ?? 0 })}
        />
        <Figure
          name={t("journeys.holdout")}
          value={count(line.counts.holdout, language)}
          about={share(line.counts.holdout, line.counts.entered, language)}
        />
      </SimpleGrid>
      <Grid>
        <Grid.Col span={{ base: 12, md: 8 }}>
          <Stack>
            <Card title={t("journeys.flow")} about={t("journeys.flowAbout")}>
              <Suspense fallback={<Skeleton h={480} />}>
                <Flow journey={journey} entered={line.counts.entered} counts={nodes} told={told} />
              </Suspense>
              {page.ways_since && (
                <Text size="sm" c="dimmed">
                  {t("journeys.waysSince", { moment: exact(page.ways_since, zone, language) })}
                </Text>
              )}
              <StepTable journey={journey} counts={nodes} told={told} />
            </Card>
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 4 }}>
          <Stack>
            <Here journey={journey} counts={nodes} told={told} />
            <Outcomes left={line.counts.left ?? {}} />
            <Versions versions={versions} />
          </Stack>
        </Grid.Col>
      </Grid>
    </Page>
  );
}
