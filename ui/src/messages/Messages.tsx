// Every message by its state; the filter stands in the address bar.
import { Button, Group } from "@mantine/core";
import { IconMail } from "@tabler/icons-react";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Card } from "@/patterns/Card";
import { Empty } from "@/patterns/Empty";
import { Page } from "@/patterns/Page";
import { useLanguage } from "@/patterns/Said";
import { Lines, Shown } from "@/patterns/Shown";
import { MESSAGE_VIEWS, OUTCOMES, type Outcome } from "@/patterns/states";
import { count } from "@/reading/money";
import { MessageRow } from "./MessageRow";
import { useMessageCounts, useMessages } from "./queries";

const route = getRouteApi("/messages");

export function Messages() {
  const { t } = useTranslation();
  const { state } = route.useSearch();
  const messages = useMessages(state);
  return (
    <Page title={t("messages.title")} about={t("messages.about")}>
      <States chosen={state} />
      <Card flush>
        <Shown query={messages} shape={<Lines many={8} />}>
          {({ pages }) => {
            const items = pages.flatMap((page) => page.items);
            if (items.length === 0) return <None filtered={state !== undefined} />;
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

function States({ chosen }: { chosen: Outcome | undefined }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const counts = useMessageCounts().data?.states ?? {};
  const all = Object.values(counts).reduce((sum, many) => sum + many, 0);
  return (
    <Group component="nav" gap={6} aria-label={t("messages.stateColumn")}>
      <Button
        component={Link}
        to="/messages"
        size="compact-sm"
        variant={chosen ? "default" : "light"}
        aria-current={chosen ? undefined : "page"}
      >
        {t("messages.all")} {count(all, language)}
      </Button>
      {OUTCOMES.map((state) => {
        const { icon: Picture, colour, word } = MESSAGE_VIEWS[state];
        return (
          <Button
            key={state}
            component={Link}
            to={`/messages?state=${state}`}
            size="compact-sm"
            color={colour}
            variant={chosen === state ? "light" : "default"}
            aria-current={chosen === state ? "page" : undefined}
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
