// Events that were refused, by reason, each with its place and its body.
import { Anchor, Box, Button, Collapse, Group, Text, UnstyledButton } from "@mantine/core";
import { IconChevronDown, IconChevronRight, IconMoodSmile } from "@tabler/icons-react";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Held, Reason } from "@/api/schema";
import { people } from "@/people/words";
import { Card } from "@/patterns/Card";
import { Empty } from "@/patterns/Empty";
import { Facts } from "@/patterns/Facts";
import { Json } from "@/patterns/Json";
import { Page } from "@/patterns/Page";
import { Moment, useLanguage } from "@/patterns/Said";
import { Lines, Shown } from "@/patterns/Shown";
import { count, share } from "@/reading/money";
import { reasonIn } from "@/words/reasons";
import { readable } from "./readable";
import { useQuarantine } from "./queries";

const route = getRouteApi("/quarantine");

export function Quarantine() {
  const { t } = useTranslation();
  const { reason } = route.useSearch();
  const quarantine = useQuarantine(reason);
  return (
    <Page title={t("quarantine.title")} about={t("quarantine.about")}>
      <Shown
        query={quarantine}
        shape={
          <Card flush>
            <Lines many={6} />
          </Card>
        }
      >
        {({ pages }) => {
          const reasons = pages[0]?.reasons ?? [];
          if (reasons.length === 0)
            return (
              <Card>
                <Empty
                  icon={IconMoodSmile}
                  title={t("quarantine.none")}
                  todo={t("quarantine.noneDo")}
                />
              </Card>
            );
          return (
            <>
              <Reasons reasons={reasons} chosen={reason} />
              <Card title={t("quarantine.newest")} about={<Which reason={reason} />} flush>
                {pages
                  .flatMap((page) => page.items)
                  .map((held) => (
                    <One key={held.seq} held={held} />
                  ))}
              </Card>
            </>
          );
        }}
      </Shown>
      {quarantine.hasNextPage && (
        <Group>
          <Button
            size="xs"
            variant="default"
            loading={quarantine.isFetchingNextPage}
            onClick={() => void quarantine.fetchNextPage()}
          >
            {t("errors.more")}
          </Button>
        </Group>
      )}
    </Page>
  );
}

/** What is wrong, the most frequent first: mending the first line mends most. */
function Reasons({ reasons, chosen }: { reasons: Reason[]; chosen: string | undefined }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const all = reasons.reduce((sum, { events }) => sum + events, 0);
  return (
    <Card
      title={t("quarantine.reasons", { count: all, shown: count(all, language) })}
      about={t("quarantine.reasonsAbout")}
      flush
    >
      {reasons.map(({ reason, events, last }) => (
        <Link
          key={reason}
          to="/quarantine"
          search={chosen === reason ? {} : { reason }}
          className="row row-link"
          data-chosen={chosen === reason || undefined}
          aria-current={chosen === reason ? "true" : undefined}
        >
          <Group px="md" py="xs" gap="sm" wrap="nowrap">
            <Text size="sm" fw={600} className="clip" flex={1}>
              {reasonIn(reason, language)}
            </Text>
            <Text size="sm" className="figure">
              {count(events, language)}
              <Text span size="sm" c="dimmed">
                {" "}
                · {share(events, all, language)}
              </Text>
            </Text>
            <Text size="sm" c="dimmed" className="figure" w={120} visibleFrom="xs">
              <Moment at={last} />
            </Text>
          </Group>
        </Link>
      ))}
    </Card>
  );
}

function Which({ reason }: { reason: string | undefined }) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (!reason) return t("quarantine.ofAll");
  return (
    <>
      {reasonIn(reason, language)} ·{" "}
      <Anchor component={Link} to="/quarantine" inherit>
        {t("quarantine.showAll")}
      </Anchor>
    </>
  );
}

function One({ held }: { held: Held }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [open, setOpen] = useState(false);
  const Arrow = open ? IconChevronDown : IconChevronRight;
  return (
    <Box style={{ borderTop: "1px solid var(--line)" }}>
      <UnstyledButton w="100%" px="md" py="xs" aria-expanded={open} onClick={() => setOpen(!open)}>
        <Group gap="xs" wrap="nowrap">
          <Arrow size={16} aria-hidden style={{ flexShrink: 0 }} />
          <Box miw={0} flex={1}>
            <Text size="sm" fw={600} className="clip">
              {reasonIn(held.reason, language)}
            </Text>
            {held.place && (
              <Text className="code clip" c="dimmed">
                {held.place}
              </Text>
            )}
          </Box>
          <Text size="xs" c="dimmed" className="figure">
            <Moment at={held.received} />
          </Text>
        </Group>
      </UnstyledButton>
      <Collapse expanded={open}>
        <Box px="md" pb="md">
          <Facts
            facts={[
              [t("quarantine.source"), t(`people.from.${held.source as keyof typeof people.from}`)],
              [t("quarantine.seq"), held.seq],
            ]}
          />
          <Text size="sm" c="dimmed" mt="xs">
            {t("quarantine.body")}
          </Text>
          <Json value={readable(held.body)} />
        </Box>
      </Collapse>
    </Box>
  );
}
