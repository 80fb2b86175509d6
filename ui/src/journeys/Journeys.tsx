// Every journey: its state, how many are inside, what it sent, who changed it last.
import { Badge, Box, Group, Table, Text, Tooltip } from "@mantine/core";
import { IconRoute } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { JourneyLine } from "@/api/schema";
import { Card } from "@/patterns/Card";
import { Empty } from "@/patterns/Empty";
import { Page } from "@/patterns/Page";
import { Moment, useLanguage } from "@/patterns/Said";
import { Shown } from "@/patterns/Shown";
import { StateBadge } from "@/patterns/StateBadge";
import { JOURNEY_VIEWS } from "@/patterns/states";
import { count } from "@/reading/money";
import { useJourneys } from "./queries";
import { inLanguage } from "./telling";

export function Journeys() {
  const { t } = useTranslation();
  const journeys = useJourneys();
  return (
    <Page title={t("journeys.title")} about={t("journeys.about")}>
      <Card flush>
        <Shown query={journeys}>
          {(lines) =>
            lines.length === 0 ? (
              <Empty icon={IconRoute} title={t("journeys.none")} todo={t("journeys.noneDo")} />
            ) : (
              <Both lines={lines} />
            )
          }
        </Shown>
      </Card>
    </Page>
  );
}

function Both({ lines }: { lines: JourneyLine[] }) {
  return (
    <>
      <Box visibleFrom="sm">
        <Wide lines={lines} />
      </Box>
      <Box hiddenFrom="sm">
        {lines.map((line) => (
          <Narrow key={line.id} line={line} />
        ))}
      </Box>
    </>
  );
}

function Wide({ lines }: { lines: JourneyLine[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <Table verticalSpacing="sm" horizontalSpacing="md" highlightOnHover>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t("journeys.name")}</Table.Th>
          <Table.Th>{t("journeys.stateColumn")}</Table.Th>
          <Table.Th className="figure">{t("journeys.inside")}</Table.Th>
          <Table.Th className="figure">{t("journeys.entered")}</Table.Th>
          <Table.Th className="figure">{t("journeys.sent")}</Table.Th>
          <Table.Th>{t("journeys.changed")}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {lines.map((line) => (
          <Table.Tr key={line.id}>
            <Table.Td>
              <Name line={line} />
            </Table.Td>
            <Table.Td>
              <States line={line} />
            </Table.Td>
            <Table.Td className="figure">{count(line.counts.inside, language)}</Table.Td>
            <Table.Td className="figure">{count(line.counts.entered, language)}</Table.Td>
            <Table.Td className="figure">
              <Sent line={line} />
            </Table.Td>
            <Table.Td>
              <Text size="sm" c="dimmed">
                <Moment at={line.changed} />
                {line.by && ` ${t("journeys.by", { name: line.by })}`}
              </Text>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function States({ line }: { line: JourneyLine }) {
  const { t } = useTranslation();
  return (
    <Group gap={4}>
      <StateBadge state={line.state} views={JOURNEY_VIEWS} />
      {line.has_draft && (
        <Tooltip label={t("journeys.draftWaitsHint")}>
          <Badge variant="outline" color="gray" tt="none" fw={550} c="inherit">
            {t("journeys.draftWaits")}
          </Badge>
        </Tooltip>
      )}
    </Group>
  );
}

function Name({ line }: { line: JourneyLine }) {
  return (
    <Link
      to="/journeys/$journey"
      params={{ journey: line.id }}
      style={{ color: "inherit", fontWeight: 600 }}
    >
      {inLanguage(line.name, useLanguage())}
    </Link>
  );
}

/** Sent, and of how many that were asked for. */
function Sent({ line: { id, messages } }: { line: JourneyLine }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const asked = Object.values(messages).reduce((sum, many) => sum + many, 0);
  const sent = messages.sent ?? 0;
  return (
    <Link
      to="/messages"
      search={{ journey: id }}
      title={t("journeys.ofAsked", { count: asked, shown: count(asked, language) })}
      style={{ color: "inherit" }}
    >
      {count(sent, language)}
    </Link>
  );
}

function Narrow({ line }: { line: JourneyLine }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <Link
      to="/journeys/$journey"
      params={{ journey: line.id }}
      className="row-link"
      style={{ borderTop: "1px solid var(--line)" }}
    >
      <Group px="md" pt="sm" justify="space-between" wrap="nowrap">
        <Text fw={600} size="sm" className="clip">
          {inLanguage(line.name, language)}
        </Text>
        <States line={line} />
      </Group>
      <Text px="md" pb="sm" size="sm" c="dimmed">
        {t("journeys.inside")}: {count(line.counts.inside, language)} · {t("journeys.entered")}:{" "}
        {count(line.counts.entered, language)} · {t("journeys.sent")}:{" "}
        {count(line.messages.sent ?? 0, language)}
      </Text>
    </Link>
  );
}
