// Every segment: its sentence, its size and how that moves, who uses it, who changed it last.
import {
  Box,
  Button,
  Group,
  SegmentedControl,
  Select,
  Table,
  Text,
  TextInput,
} from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconPlus, IconSearch, IconUsersGroup } from "@tabler/icons-react";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { SegmentLine } from "@/api/schema";
import { capital } from "@/conditions/Sentence";
import { inLanguage } from "@/journeys/telling";
import { Card } from "@/patterns/Card";
import { Empty } from "@/patterns/Empty";
import { Page } from "@/patterns/Page";
import { Moment, useLanguage } from "@/patterns/Said";
import { Lines, Shown } from "@/patterns/Shown";
import { Sparkline } from "@/patterns/Sparkline";
import { SEGMENT_STATES } from "@/patterns/states";
import { count, share } from "@/reading/money";
import { useMay } from "@/signin/session";
import { BuildingBar, Labels } from "./Labels";
import { useSegments, type Which } from "./queries";

const route = getRouteApi("/segments");

export function Segments() {
  const { t } = useTranslation();
  const which = route.useSearch();
  const segments = useSegments(which);
  const may = useMay("editor");
  const filtered = Object.keys(which).length > 0;
  const none = segments.data?.segments.length === 0 && !filtered;
  const begin = (
    <Group gap="xs">
      <Button component={Link} to="/segments/ready" variant="default">
        {t("segments.ready")}
      </Button>
      <Button component={Link} to="/segments/new" leftSection={<IconPlus size={16} aria-hidden />}>
        {t("segments.new")}
      </Button>
    </Group>
  );
  return (
    <Page title={t("segments.title")} about={t("segments.about")} actions={may && !none && begin}>
      {!none && <Filters which={which} tags={segments.data?.tags ?? []} />}
      <Card flush>
        <Shown query={segments} shape={<Lines many={5} high={52} />}>
          {({ segments }) =>
            segments.length > 0 ? (
              <Both lines={segments} />
            ) : filtered ? (
              <Empty
                icon={IconSearch}
                title={t("segments.notFound")}
                todo={t("segments.notFoundDo")}
              />
            ) : (
              <None />
            )
          }
        </Shown>
      </Card>
    </Page>
  );
}

function None() {
  const { t } = useTranslation();
  const start = useMay("editor") && (
    <Group justify="center" gap="xs" mt="xs">
      <Button component={Link} to="/segments/new" size="sm">
        {t("segments.build")}
      </Button>
      <Button component={Link} to="/segments/ready" size="sm" variant="light">
        {t("segments.choose")}
      </Button>
    </Group>
  );
  return (
    <Empty
      icon={IconUsersGroup}
      title={t("segments.none")}
      todo={t("segments.noneDo")}
      action={start}
    />
  );
}

function Filters({ which, tags }: { which: Which; tags: string[] }) {
  const { t } = useTranslation();
  const choose = useChoose();
  return (
    <Group gap="sm">
      <SearchBox q={which.q ?? ""} search={(q) => choose({ q }, true)} />
      {(tags.length > 0 || which.tag) && (
        <Select
          w={190}
          aria-label={t("segments.tag")}
          placeholder={t("segments.anyTag")}
          data={[...new Set([...tags, ...(which.tag ? [which.tag] : [])])]}
          value={which.tag ?? null}
          onChange={(tag) => choose({ tag: tag ?? undefined })}
          clearable
        />
      )}
      <SegmentedControl
        size="sm"
        aria-label={t("segments.stateColumn")}
        value={which.state ?? ""}
        onChange={(state) => choose({ state: (state || undefined) as Which["state"] })}
        data={[
          { value: "", label: t("segments.anyState") },
          ...SEGMENT_STATES.map((value) => ({ value, label: t(`segments.state.${value}`) })),
        ]}
      />
    </Group>
  );
}

function useChoose() {
  const navigate = route.useNavigate();
  return (more: Which, replace = false) =>
    void navigate({
      search: (before) =>
        Object.fromEntries(Object.entries({ ...before, ...more }).filter(([, value]) => value)),
      replace,
    });
}

/** What is typed goes into the address; another address, by the way back, into the box. */
function SearchBox({ q, search }: { q: string; search: (q: string) => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(q);
  const [before, setBefore] = useState(q);
  if (before !== q) {
    setBefore(q);
    if (typed.trim() !== q) setTyped(q);
  }
  const later = useDebouncedCallback(search, 250);
  return (
    <TextInput
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        later(event.currentTarget.value.trim());
      }}
      placeholder={t("segments.search")}
      aria-label={t("segments.search")}
      leftSection={<IconSearch size={16} aria-hidden />}
      type="search"
      flex="1 1 14rem"
      maw={360}
    />
  );
}

function Both({ lines }: { lines: SegmentLine[] }) {
  return (
    <>
      <Box visibleFrom="md">
        <Wide lines={lines} />
      </Box>
      <Box hiddenFrom="md">
        {lines.map((line) => (
          <Narrow key={line.id} line={line} />
        ))}
      </Box>
    </>
  );
}

function Wide({ lines }: { lines: SegmentLine[] }) {
  const { t } = useTranslation();
  const trends = lines.some(({ trend }) => trend.length > 1);
  return (
    <Table verticalSpacing="sm" horizontalSpacing="md" highlightOnHover>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t("segments.name")}</Table.Th>
          <Table.Th>{t("segments.stateColumn")}</Table.Th>
          <Table.Th className="figure">{t("segments.people")}</Table.Th>
          {trends && <Table.Th>{t("segments.trend")}</Table.Th>}
          <Table.Th className="figure">{t("segments.usedBy")}</Table.Th>
          <Table.Th>{t("segments.changed")}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {lines.map((line) => (
          <Table.Tr key={line.id}>
            <Table.Td maw={440}>
              <Name line={line} />
            </Table.Td>
            <Table.Td>
              <Labels line={line} />
            </Table.Td>
            <Table.Td className="figure">
              <People line={line} />
            </Table.Td>
            {trends && (
              <Table.Td>
                <Trend line={line} />
              </Table.Td>
            )}
            <Table.Td className="figure">{line.used_by.length || ""}</Table.Td>
            <Table.Td>
              <Text size="sm" c="dimmed">
                <Moment at={line.changed} />
                {line.by && ` ${t("segments.by", { name: line.by })}`}
              </Text>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Name({ line }: { line: SegmentLine }) {
  const language = useLanguage();
  return (
    <>
      <Link
        to="/segments/$segment"
        params={{ segment: line.id }}
        style={{ color: "inherit", fontWeight: 600 }}
        className="break"
      >
        {nameOf(line, language)}
      </Link>
      <Text size="xs" c="dimmed" className="break" lineClamp={2}>
        {capital(inLanguage(line.sentence, language))}
      </Text>
      {line.tags.length > 0 && (
        <Text size="xs" c="dimmed" className="break">
          {line.tags.map((tag) => `#${tag}`).join(" ")}
        </Text>
      )}
    </>
  );
}

export function nameOf(line: SegmentLine, language: "it" | "en"): string {
  return inLanguage(line.name, language) || line.id;
}

function People({ line }: { line: SegmentLine }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { people, all, building } = line;
  if (building) return <BuildingBar building={building} />;
  if (people === null) return <Text c="dimmed">–</Text>;
  return (
    <>
      {count(people, language)}
      {all !== null && (
        <Text size="xs" c="dimmed" title={`${count(people, language)} / ${count(all, language)}`}>
          {t("segments.ofAll", { share: share(people, all, language) })}
        </Text>
      )}
    </>
  );
}

function Trend({ line: { trend } }: { line: SegmentLine }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [from = 0, to = 0] = [trend[0], trend.at(-1)];
  const said = { from: count(from, language), to: count(to, language) };
  return <Sparkline values={trend} label={t("segments.trendSaid", said)} />;
}

function Narrow({ line }: { line: SegmentLine }) {
  const language = useLanguage();
  return (
    <Link
      to="/segments/$segment"
      params={{ segment: line.id }}
      className="row-link"
      style={{ borderTop: "1px solid var(--line)" }}
    >
      <Group px="md" pt="sm" justify="space-between" align="flex-start" wrap="nowrap">
        <Text fw={600} size="sm" className="break">
          {nameOf(line, language)}
        </Text>
        <Text size="sm" className="figure" component="div">
          <People line={line} />
        </Text>
      </Group>
      <Box px="md" pb="sm">
        <Text size="xs" c="dimmed" className="break" lineClamp={2} mb={4}>
          {capital(inLanguage(line.sentence, language))}
        </Text>
        <Labels line={line} />
      </Box>
    </Link>
  );
}
