// A message in a list: what, to whom, its state and the reason of it.
import { Group, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Message } from "@/api/schema";
import { useJourneyName } from "@/journeys/queries";
import { Moment, useLanguage } from "@/patterns/Said";
import { StateBadge } from "@/patterns/StateBadge";
import { MESSAGE_STATES, MESSAGE_VIEWS } from "@/patterns/states";
import { reasonIn } from "@/words/reasons";

export function MessageRow({ message, brief }: { message: Message; brief?: boolean }) {
  const language = useLanguage();
  const journey = useJourneyName()(message.journey);
  const what = message.subject || [journey, message.template].filter(Boolean).join(" · ");
  const beside = [brief ? "" : message.address, reasonIn(message.reason, language)]
    .filter(Boolean)
    .join(" · ");
  return (
    <Link to="/messages/story" search={{ key: message.key }} className="row row-link">
      <Group px="md" py="xs" gap="sm" wrap="nowrap">
        <div style={{ minWidth: 0, flex: 1 }}>
          <Text size="sm" fw={600} className="clip">
            {what}
          </Text>
          <Text size="xs" c="dimmed" className="clip">
            {beside}
          </Text>
          <Text size="xs" c="dimmed" hiddenFrom="xs">
            <Moment at={message.ended ?? message.due} />
          </Text>
        </div>
        <MessageState state={message.state} />
        <Text size="sm" c="dimmed" className="figure" w={120} visibleFrom="xs">
          <Moment at={message.ended ?? message.due} />
        </Text>
      </Group>
    </Link>
  );
}

export function MessageState({ state }: { state: string }) {
  const { t } = useTranslation();
  const known = MESSAGE_STATES.find((one) => one === state);
  return (
    <StateBadge
      state={state}
      views={MESSAGE_VIEWS}
      hint={known && t(`messages.meaning.${known}`)}
    />
  );
}
