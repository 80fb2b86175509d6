// What this person was sent, or not sent, with the reason.
import { Button, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { MessageRow } from "@/messages/MessageRow";
import { Card } from "@/patterns/Card";
import { Lines, Shown } from "@/patterns/Shown";
import { useMessagesOf } from "./queries";

export function MessagesOf({ person }: { person: string }) {
  const { t } = useTranslation();
  const messages = useMessagesOf(person);
  return (
    <Card title={t("people.messages")} flush>
      <Shown query={messages} shape={<Lines many={2} />}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0)
            return (
              <Text size="sm" c="dimmed" px="md" pb="md">
                {t("people.noMessages")}
              </Text>
            );
          return (
            <>
              {items.map((message) => (
                <MessageRow key={message.key} message={message} brief />
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
  );
}
