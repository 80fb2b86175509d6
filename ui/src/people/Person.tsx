// One person: who it is, what they did, and why they got what they got.
import { Grid, Stack, Text } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { PersonPage } from "@/api/schema";
import { Card } from "@/patterns/Card";
import { Page } from "@/patterns/Page";
import { Moment } from "@/patterns/Said";
import { Lines, Shown } from "@/patterns/Shown";
import { useShop } from "@/patterns/shop";
import { Attributes } from "./Attributes";
import { CartCard, Orders } from "./Buying";
import { Glance } from "./Glance";
import { Consents } from "./Consents";
import { MessagesOf } from "./MessagesOf";
import { named, written } from "./named";
import { usePerson, useTimeline } from "./queries";
import { Runs } from "./Runs";
import { Segments } from "./Segments";
import { Timeline } from "./Timeline";
import { LevelBadge, Who } from "./Who";
import { Why } from "./Why";

const route = getRouteApi("/people/$person");
const WHY = "why";

export function Person() {
  const { person: id } = route.useParams();
  const person = usePerson(id);
  return (
    <Shown query={person} shape={<Lines many={6} high={96} />}>
      {(data) => <Known person={data} />}
    </Shown>
  );
}

function Known({ person }: { person: PersonPage }) {
  const { t } = useTranslation();
  const { currency } = useShop();
  const known = { ...person, name: written(person.attributes) || null };
  const { name, beside } = named(known, t("people.unknown"));
  const seen = person.last_seen && (
    <>
      {t("people.lastSeen")}: <Moment at={person.last_seen} />
    </>
  );
  const { why: about, seq } = route.useSearch();
  const asked = about !== undefined || seq !== undefined;
  useEffect(() => {
    if (asked) document.getElementById(WHY)?.scrollIntoView({ block: "nearest" });
  }, [asked]);
  const why = (
    <div id={WHY}>
      <Why person={person} />
    </div>
  );
  return (
    <Page
      title={name}
      beside={<LevelBadge level={person.level} />}
      about={
        <>
          {beside}
          {beside && seen && " · "}
          {seen}
        </>
      }
    >
      <Glance person={person} />
      {asked && why}
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 7 }}>
          <History person={person.id} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Stack>
            <Who who={person} />
            <Consents consents={person.consents} proofs={person.proofs} />
            <CartCard cart={person.cart} />
            <Orders orders={person.orders} currency={currency} />
            <Segments segments={person.segments} />
            <Runs runs={person.runs} />
            <MessagesOf person={person.id} />
            <Attributes attributes={person.attributes} />
          </Stack>
        </Grid.Col>
      </Grid>
      {!asked && why}
    </Page>
  );
}

function History({ person }: { person: string }) {
  const { t } = useTranslation();
  const timeline = useTimeline(person);
  const navigate = route.useNavigate();
  return (
    <Card title={t("people.timeline")} flush>
      <Shown query={timeline}>
        {({ pages }) => {
          const events = pages.flatMap((page) => page.items);
          if (events.length === 0)
            return (
              <Text size="sm" c="dimmed" p="md">
                {t("people.noEvents")}
              </Text>
            );
          const whyThen = (seq: number) => {
            void navigate({ search: ({ why }) => ({ ...(why ? { why } : {}), seq }) });
            document.getElementById(WHY)?.scrollIntoView({ block: "start" });
          };
          const more = timeline.hasNextPage ? () => void timeline.fetchNextPage() : null;
          return (
            <Timeline
              events={events}
              more={more}
              busy={timeline.isFetchingNextPage}
              whyThen={whyThen}
            />
          );
        }}
      </Shown>
    </Card>
  );
}
