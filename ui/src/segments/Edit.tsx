// The builder's page: whom one means on the left, how many and who they are on the right.
import { Alert, Box, Button, Grid, Group, Stack, Text } from "@mantine/core";
import { IconDeviceFloppy, IconHistory, IconPlayerPlay } from "@tabler/icons-react";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { SegmentPage } from "@/api/schema";
import { ConditionBuilder, Rewind } from "@/conditions/ConditionBuilder";
import { Few } from "@/conditions/Few";
import { HowMany } from "@/conditions/HowMany";
import { Overlap } from "@/conditions/Overlap";
import { unpacked } from "@/conditions/packed";
import { Sentence } from "@/conditions/Sentence";
import { useBuilder } from "@/conditions/useBuilder";
import { useLive } from "@/conditions/useLive";
import { Card } from "@/patterns/Card";
import { Page } from "@/patterns/Page";
import { useLanguage } from "@/patterns/Said";
import { Lines, Shown } from "@/patterns/Shown";
import { Trouble } from "@/patterns/Trouble";
import { tell } from "@/patterns/tell";
import { useHere, useMay } from "@/signin/session";
import { Details } from "./Details";
import { Publish } from "./Publish";
import { useKeepDraft, useReadySegments, useSegment, useSegments } from "./queries";
import { EVERYBODY, idOf, same, tidy, type Segment } from "./segment";
import { nameOf } from "./Segments";
import { useKeeping, useUnsaved } from "./useUnsaved";

const newRoute = getRouteApi("/segments/new");
const editRoute = getRouteApi("/segments/$segment/edit");

export function NewSegment() {
  const { who, ready } = newRoute.useSearch();
  const gallery = useReadySegments(ready !== undefined);
  if (ready === undefined) return <Blank who={who} />;
  return (
    <Shown query={gallery} shape={<Lines many={5} high={90} />}>
      {({ segments }) => {
        const taken = segments.find(({ id }) => id === ready)?.document as Segment | undefined;
        const saved = { ...(taken ?? { when: EVERYBODY }), id: "" };
        return <Editor key={ready} saved={saved} page={null} work={`ready/${ready}`} />;
      }}
    </Shown>
  );
}

function Blank({ who }: { who?: string }) {
  const when = (who && unpacked(who)) || EVERYBODY;
  return (
    <Editor key={who} saved={{ id: "", when }} page={null} work={who ? `new/${who}` : "new"} />
  );
}

export function EditSegment() {
  const { segment } = editRoute.useParams();
  const query = useSegment(segment, false);
  return (
    <Shown query={query} shape={<Lines many={5} high={90} />}>
      {(page) => (
        <Editor
          key={segment}
          saved={(page.draft ?? page.document) as unknown as Segment}
          page={page}
          work={segment}
        />
      )}
    </Shown>
  );
}

interface Props {
  saved: Segment; // what the server has; with no id when it has none yet
  page: SegmentPage | null;
  work: string; // by which name this browser keeps what is not saved yet
}

function Editor({ saved, page, work: kept }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const may = useMay("editor");
  const work = useWork(saved, kept);
  const { segment, builder, live, save, ready } = work;
  const [asking, ask] = useState(false);
  const dirty = !same(segment, saved);
  const publish = () => {
    if (ready()) ask(true);
  };
  return (
    <Page
      title={
        page
          ? t("segments.editTitle", { name: nameOf(page.line, language) })
          : t("segments.newTitle")
      }
      about={t(aboutOf(dirty, page))}
      actions={
        may && (
          <>
            <Button
              variant="default"
              leftSection={<IconDeviceFloppy size={16} aria-hidden />}
              loading={save.busy}
              onClick={() => ready() && save.now()}
            >
              {t("segments.keepDraft")}
            </Button>
            <Button leftSection={<IconPlayerPlay size={16} aria-hidden />} onClick={publish}>
              {t("segments.publish")}
            </Button>
          </>
        )
      }
    >
      {!may && <Alert variant="light">{t("segments.mayNot")}</Alert>}
      {work.brought && <Brought drop={work.dropBrought} />}
      {save.error ? <Trouble error={save.error} /> : null}
      <Grid>
        <Grid.Col span={{ base: 12, lg: 8 }}>
          <Stack>
            <Card>
              <Details segment={segment} change={work.change} missing={work.nameMissing} />
            </Card>
            <Card title={t("segments.whom")} actions={<Rewind builder={builder} />}>
              <Stack gap="sm">
                <Sentence builder={builder} live={live} />
                <Box hiddenFrom="lg">
                  <HowMany live={live} />
                </Box>
                <ConditionBuilder
                  builder={builder}
                  error={live.sentence.error}
                  without={segment.id || undefined}
                />
              </Stack>
            </Card>
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 4 }}>
          <Stack>
            <Box visibleFrom="lg">
              <Card title={t("conditions.howMany")}>
                <HowMany live={live} />
              </Card>
            </Box>
            <Few condition={live.condition} />
            <Overlap
              condition={live.condition}
              people={live.count.data?.people}
              without={segment.id}
            />
          </Stack>
        </Grid.Col>
      </Grid>
      <Publish
        opened={asking}
        name={segment.name?.[language] ?? segment.id}
        condition={builder.whole ? builder.document : null}
        line={page?.line ?? null}
        close={() => ask(false)}
        id={work.id}
        first={dirty || !page ? save.first : undefined}
        done={work.forget}
      />
    </Page>
  );
}

function aboutOf(dirty: boolean, page: SegmentPage | null) {
  if (dirty) return "segments.unsaved";
  if (!page) return "segments.newAbout";
  return page.draft ? "segments.draftWaitsHint" : "segments.nothingChanged";
}

function Brought({ drop }: { drop: () => void }) {
  const { t } = useTranslation();
  return (
    <Alert color="yellow" variant="light" icon={<IconHistory aria-hidden />}>
      <Group justify="space-between" gap="xs">
        <Text size="sm">{t("segments.broughtBack")}</Text>
        <Button size="compact-sm" variant="default" onClick={drop}>
          {t("segments.dropUnsaved")}
        </Button>
      </Group>
    </Alert>
  );
}

/** The segment as it is being edited, kept through reloads, and the ways to save it. */
function useWork(saved: Segment, keptAs: string) {
  const { t } = useTranslation();
  const language = useLanguage();
  const navigate = useNavigate();
  const { params } = useHere();
  const keepDraft = useKeepDraft();
  const taken = new Set(useSegments().data?.segments.map(({ id }) => id));
  const unsaved = useUnsaved(keptAs, saved);
  const [{ when, ...details }, change] = useState(unsaved.brought ?? saved);
  const [brought, setBrought] = useState(unsaved.brought !== null);
  const [asked, setAsked] = useState(false);
  const builder = useBuilder(when);
  const live = useLive(builder);
  const segment: Segment = { ...details, when: builder.document };
  useKeeping(segment, unsaved.keep);
  const name = segment.name?.[language] ?? "";
  const id = saved.id || idOf(name, taken);
  const kept = tidy({ ...segment, id });
  const first = () =>
    keepDraft.mutateAsync({ params: { path: { ...params.path, segment: id } }, body: { ...kept } });
  const now = async () => {
    try {
      await first();
    } catch {
      return; // it is shown
    }
    unsaved.drop();
    tell(t("segments.kept"));
    if (!saved.id)
      void navigate({ to: "/segments/$segment/edit", params: { segment: id }, replace: true });
  };
  const ready = () => {
    setAsked(true);
    if (!builder.whole) {
      builder.showEverything();
      const [missing] = builder.wrong;
      if (missing) builder.goTo({ key: missing.key, at: "field" });
    }
    return name.trim() !== "" && builder.whole;
  };
  return {
    id,
    segment,
    change: (more: Partial<Segment>) => change((before) => ({ ...before, ...more })),
    builder,
    live,
    brought,
    dropBrought: () => {
      setBrought(false);
      change(saved);
      builder.replace(saved.when);
    },
    forget: unsaved.drop,
    nameMissing: asked && name.trim() === "",
    ready,
    save: {
      now: () => void now(),
      first,
      busy: keepDraft.isPending,
      error: keepDraft.error,
    },
  };
}
