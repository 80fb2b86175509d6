// One message: what became of it and why, its checks, and how it looks.
import { Alert, Anchor, Grid, Stack, Tabs, Text } from "@mantine/core";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { MessageStory } from "@/api/schema";
import { useJourneyName } from "@/journeys/queries";
import { Card } from "@/patterns/Card";
import { Facts } from "@/patterns/Facts";
import { Page } from "@/patterns/Page";
import { Moment, useLanguage } from "@/patterns/Said";
import { Lines, Shown } from "@/patterns/Shown";
import { MESSAGE_VIEWS } from "@/patterns/states";
import { useWorkspace } from "@/signin/session";
import { toRun } from "@/why/told";
import { reasonIn } from "@/words/reasons";
import { Gates } from "./Gates";
import { MessageState } from "./MessageRow";
import { Preview } from "./Preview";
import { previewAddress, useMessage } from "./queries";

const route = getRouteApi("/messages/story");

export function MessagePage() {
  const { key = "" } = route.useSearch();
  const story = useMessage(key);
  return (
    <Shown query={story} shape={<Lines many={5} high={96} />}>
      {(data) => <One story={data} />}
    </Shown>
  );
}

function One({ story }: { story: MessageStory }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { message, gates, as_of } = story;
  const journey = useJourneyName()(message.journey);
  return (
    <Page
      title={message.subject || [journey, message.template].filter(Boolean).join(" · ")}
      beside={<MessageState state={message.state} />}
      about={message.address}
    >
      {message.reason && (
        <Alert
          color={MESSAGE_VIEWS[message.state].colour}
          variant="light"
          title={t("messages.reason")}
        >
          {reasonIn(message.reason, language)}
        </Alert>
      )}
      <Grid>
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Words story={story} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Stack>
            <Card title={t("messages.story")}>
              <Course story={story} />
            </Card>
            <Card
              title={t("messages.gates")}
              about={as_of === "now" ? t("messages.gatesNow") : undefined}
            >
              <Gates gates={gates} />
            </Card>
          </Stack>
        </Grid.Col>
      </Grid>
    </Page>
  );
}

function Words({ story: { message, has_preview, text } }: { story: MessageStory }) {
  const { t } = useTranslation();
  const { id } = useWorkspace();
  if (!has_preview) {
    return (
      <Card title={t("messages.preview")}>
        <Text size="sm" c="dimmed">
          {t("messages.noPreview")}
        </Text>
      </Card>
    );
  }
  return (
    <Card title={t("messages.preview")}>
      <Tabs defaultValue="html" keepMounted={false}>
        <Tabs.List mb="sm">
          <Tabs.Tab value="html">{t("sandbox.html")}</Tabs.Tab>
          <Tabs.Tab value="text">{t("messages.plain")}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="html">
          <Preview address={previewAddress(id, message.key)} title={t("messages.preview")} />
        </Tabs.Panel>
        <Tabs.Panel value="text">
          <pre className="code">{text}</pre>
        </Tabs.Panel>
      </Tabs>
    </Card>
  );
}

function Course({ story: { message, products } }: { story: MessageStory }) {
  const { t } = useTranslation();
  const journey = useJourneyName()(message.journey);
  const toPerson = (
    <Anchor
      component={Link}
      to={
        message.journey
          ? toRun(message.person, message.journey, message.run)
          : `/people/${encodeURIComponent(message.person)}?why=${encodeURIComponent(`sent:${message.key}`)}`
      }
      size="sm"
    >
      {message.address} · {t("people.why")}
    </Anchor>
  );
  const toJourney = message.journey && (
    <Anchor component={Link} to={`/journeys/${encodeURIComponent(message.journey)}`} size="sm">
      {journey}
    </Anchor>
  );
  return (
    <Facts
      facts={[
        [t("messages.asked"), <Moment key="asked" at={message.asked} />],
        [t("messages.due"), <Moment key="due" at={message.due} />],
        [t("messages.next"), message.next_at && <Moment at={message.next_at} />],
        [t("messages.ended"), message.ended && <Moment at={message.ended} />],
        [t("messages.attempts"), message.attempts],
        [t("messages.journey"), toJourney],
        [t("messages.person"), toPerson],
        [t("messages.template"), message.template],
        [t("messages.kind"), t(`messages.class.${message.kind}`)],
        [
          t("messages.products"),
          products.map(({ product, quantity }) => `${product} × ${quantity}`).join(", "),
        ],
      ]}
    />
  );
}
