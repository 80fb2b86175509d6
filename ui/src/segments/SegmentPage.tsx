// One segment: whom it means in a sentence, how many they are, who, who uses it, how it came to be.
import { Alert, Anchor, Button, Grid, Group, Stack, Text } from "@mantine/core";
import { IconEdit, IconPencil } from "@tabler/icons-react";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { SegmentLine, SegmentPage as Shape } from "@/api/schema";
import type { Document } from "@/conditions/document";
import { Overlap } from "@/conditions/Overlap";
import { capital } from "@/conditions/Sentence";
import { inLanguage } from "@/journeys/telling";
import { Card } from "@/patterns/Card";
import { Figure } from "@/patterns/Figure";
import { Page } from "@/patterns/Page";
import { Moment, useLanguage } from "@/patterns/Said";
import { Lines, Shown } from "@/patterns/Shown";
import { StateBadge } from "@/patterns/StateBadge";
import { SEGMENT_VIEWS } from "@/patterns/states";
import { count, share } from "@/reading/money";
import { useMay } from "@/signin/session";
import { Acts } from "./Acts";
import { Building } from "./Building";
import { Labels } from "./Labels";
import { Members } from "./Members";
import { Movements } from "./Movements";
import { useFollowed, useSegment } from "./queries";
import { nameOf } from "./Segments";
import { Sizes } from "./Sizes";
import { Users } from "./UsedBy";

const route = getRouteApi("/segments/$segment");

export function SegmentPage() {
  const { segment } = route.useParams();
  const query = useSegment(segment);
  return (
    <Shown query={query} shape={<Lines many={5} high={110} />}>
      {(page) => <One page={page} />}
    </Shown>
  );
}

function One({ page }: { page: Shape }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { line, draft_sentence } = page;
  const may = useMay("editor");
  useFollowed(line.people);
  const about = inLanguage(line.about, language);
  return (
    <Page
      title={nameOf(line, language)}
      beside={<Labels line={line} />}
      about={
        <>
          {about && <span className="break">{about} · </span>}
          {t("segments.version", { version: line.version })} · <Moment at={line.changed} />
          {line.by && ` ${t("segments.by", { name: line.by })}`}
        </>
      }
      actions={
        may && (
          <>
            <Button
              component={Link}
              to={`/segments/${line.id}/edit`}
              variant="default"
              leftSection={<IconEdit size={16} aria-hidden />}
            >
              {t("segments.edit")}
            </Button>
            <Acts page={page} />
          </>
        )
      }
    >
      <Text maw={820} fz={{ base: 16, sm: 18 }} fw={550} className="break">
        {capital(inLanguage(page.sentence, language))}
      </Text>
      {draft_sentence && (
        <Alert color="yellow" variant="light" icon={<IconPencil aria-hidden />}>
          <Text size="sm">{t("segments.newer")}</Text>
          <Text size="sm" fw={550} className="break">
            {capital(inLanguage(draft_sentence, language))}
          </Text>
          {may && (
            <Anchor component={Link} to={`/segments/${line.id}/edit`} size="sm">
              {t("segments.newerDo")}
            </Anchor>
          )}
        </Alert>
      )}
      <Building line={line} />
      <Grid>
        <Grid.Col span={{ base: 12, md: 4 }}>
          <People line={line} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 8 }}>
          <Sizes segment={line.id} />
        </Grid.Col>
      </Grid>
      <Grid>
        <Grid.Col span={{ base: 12, md: 8 }}>
          <Members line={line} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 4 }}>
          <Stack>
            <Movements segment={line.id} />
            <UsedBy line={line} />
            {line.state === "published" && (
              <Overlap
                condition={{ kind: "in segment", segment: line.id } as Document}
                people={line.people ?? undefined}
                without={line.id}
              />
            )}
            <Versions versions={page.versions} />
          </Stack>
        </Grid.Col>
      </Grid>
    </Page>
  );
}

function People({ line }: { line: SegmentLine }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { people, all, state } = line;
  const unknown = state === "published" ? t("segments.notCounted") : t("segments.notPublished");
  return (
    <Figure
      name={t("segments.people")}
      value={people === null ? "–" : count(people, language)}
      about={
        people === null || all === null
          ? unknown
          : t("conditions.share", {
              share: share(people, all, language),
              all: count(all, language),
            })
      }
    />
  );
}

function UsedBy({ line }: { line: SegmentLine }) {
  const { t } = useTranslation();
  return (
    <Card title={t("segments.usedBy")}>
      {line.used_by.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t("segments.usedByNone")}
        </Text>
      ) : (
        <Users users={line.used_by} />
      )}
    </Card>
  );
}

function Versions({ versions }: Pick<Shape, "versions">) {
  const { t } = useTranslation();
  return (
    <Card title={t("segments.versions")}>
      <Stack gap="xs">
        {versions.map(({ version, created, author, state }) => (
          <Group key={version} justify="space-between" wrap="nowrap">
            <div style={{ minWidth: 0 }}>
              <Text size="sm" fw={550}>
                {t("segments.version", { version })}
              </Text>
              <Text size="xs" c="dimmed">
                <Moment at={created} />
                {author && ` ${t("segments.by", { name: author })}`}
              </Text>
            </div>
            <StateBadge state={state} views={SEGMENT_VIEWS} />
          </Group>
        ))}
      </Stack>
    </Card>
  );
}
