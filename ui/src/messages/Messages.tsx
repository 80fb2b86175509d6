// Every message by its state and what else is asked for; all of it stands in the address bar.
import { Button, Group, Stack } from "@mantine/core";
import { IconMail } from "@tabler/icons-react";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Card } from "@/patterns/Card";
import { Empty } from "@/patterns/Empty";
import { Page } from "@/patterns/Page";
import { useLanguage } from "@/patterns/Said";
import { Lines, Shown } from "@/patterns/Shown";
import { MESSAGE_VIEWS, OUTCOMES } from "@/patterns/states";
import { count } from "@/reading/money";
import { Filters } from "./Filters";
import { MessageRow } from "./MessageRow";
import { useMessageCounts, useMessages, type Chosen } from "./queries";

const route = getRouteApi("/messages");

export function Messages() {
  const { t } = useTranslation();
  const chosen = route.useSearch();
  const messages = useMessages(chosen);
  return (
    <Page title={t("messages.title")} about={t("messages.about")}>
      <Stack gap="xs">
        <States chosen={chosen} />
        <Filters chosen={chosen} />
      </Stack>
      <Card flush>
        <Shown query={messages} shape={<Lines many={8} />}>
          {({ pages }) => {
            const items = pages.flatMap((page) => page.items);
            if (items.length === 0) return <None filtered={Object.keys(chosen).length > 0} />;
            return (
              <>
                {items.map((message) => (
                  <MessageRow key={message.key} message={message} />
                ))}
              </>
            );
          }}
        </Shown>
        {messages.hasNextPage && (
          <Button
            m="md"
            size="xs"
            variant="default"
            loading={messages.isFetchingNextPage}
            onClick={() => void messages.fetchNextPage()}
          >
            {t("errors.more")}
          </Button>
        )}
      </Card>
    </Page>
  );
}

function States({ chosen }: { chosen: Chosen }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const counts = useMessageCounts().data?.states ?? {};
  const all = Object.values(counts).reduce((sum, many) => sum + many, 0);
  const { state: now, gate: _, ...others } = chosen; // another state was decided by other gates
  return (
    <Group component="nav" gap={6} aria-label={t("messages.stateColumn")}>
      <Button
        renderRoot={(props) => <Link to="/messages" search={others} {...props} />}
        size="compact-sm"
        variant={now ? "default" : "light"}
        aria-current={now ? undefined : "page"}
      >
        {t("messages.all")} {count(all, language)}
      </Button>
      {OUTCOMES.map((state) => {
        const { icon: Picture, colour, word } = MESSAGE_VIEWS[state];
        return (
          <Button
            key={state}
            renderRoot={(props) => <Link to="/messages" search={{ ...others, state }} {...props} />}
            size="compact-sm"
            color={colour}
            variant={now === state ? "light" : "default"}
            aria-current={now === state ? "page" : undefined}
            leftSection={<Picture size={14} aria-hidden />}
          >
            {t(word)} {count(counts[state] ?? 0, language)}
          </Button>
        );
      })}
    </Group>
  );
}

function None({ filtered }: { filtered: boolean }) {
  const { t } = useTranslation();
  if (filtered) return <Empty icon={IconMail} title={t("messages.noneInState")} />;
  const way = (
    <Button component={Link} to="/journeys" variant="light" size="xs">
      {t("messages.toJourneys")}
    </Button>
  );
  return (
    <Empty icon={IconMail} title={t("messages.none")} todo={t("messages.noneDo")} action={way} />
  );
}
