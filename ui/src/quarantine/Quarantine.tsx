// Events that were refused, each with its reason, its place and its body.
import { Badge, Box, Button, Collapse, Group, Text, UnstyledButton } from "@mantine/core";
import { IconChevronDown, IconChevronRight, IconMoodSmile } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Held } from "@/api/schema";
import { people } from "@/people/words";
import { Card } from "@/patterns/Card";
import { Empty } from "@/patterns/Empty";
import { Facts } from "@/patterns/Facts";
import { Json } from "@/patterns/Json";
import { Page } from "@/patterns/Page";
import { Moment, useLanguage } from "@/patterns/Said";
import { Lines, Shown } from "@/patterns/Shown";
import { count } from "@/reading/money";
import { reasonIn } from "@/words/reasons";
import { readable } from "./readable";
import { useQuarantine } from "./queries";

export function Quarantine() {
  const { t } = useTranslation();
  const quarantine = useQuarantine();
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
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0)
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
              <Reasons reasons={pages[0]?.reasons ?? {}} />
              <Card flush>
                {items.map((held) => (
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

function Reasons({ reasons }: { reasons: Record<string, number> }) {
  const language = useLanguage();
  const most = Object.entries(reasons).sort(([, one], [, other]) => other - one);
  return (
    <Group gap="xs">
      {most.map(([reason, many]) => (
        <Badge key={reason} variant="light" color="gray" tt="none" size="lg">
          {reasonIn(reason, language)}: {count(many, language)}
        </Badge>
      ))}
    </Group>
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
