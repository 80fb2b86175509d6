// The people for whom a condition of the address holds: how many, in words, to take along or to keep.
import { ActionIcon, Alert, Button, Group, Skeleton, Stack, Text, Tooltip } from "@mantine/core";
import { IconDownload, IconEdit, IconUsers, IconUsersGroup, IconX } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Document } from "@/conditions/document";
import { packed } from "@/conditions/packed";
import { useCount, useEverybody, useSentence } from "@/conditions/queries";
import { capital } from "@/conditions/Sentence";
import { inLanguage } from "@/journeys/telling";
import { Card } from "@/patterns/Card";
import { Empty } from "@/patterns/Empty";
import { useLanguage } from "@/patterns/Said";
import { Lines } from "@/patterns/Shown";
import { Trouble } from "@/patterns/Trouble";
import { count, share } from "@/reading/money";
import { useHere, useMay } from "@/signin/session";
import { PeopleRows } from "./PeopleRows";

interface Props {
  condition: Document | null; // none of an address that cannot be read
  change: () => void;
  clear: () => void;
}

export function Whom({ condition, change, clear }: Props) {
  const { t } = useTranslation();
  if (condition === null)
    return (
      <Alert color="yellow" variant="light" title={t("people.filterBroken")}>
        <Button size="xs" variant="default" onClick={clear}>
          {t("people.clearFilter")}
        </Button>
      </Alert>
    );
  return (
    <>
      <Card>
        <Stack gap="xs">
          <Group justify="space-between" align="flex-start" wrap="nowrap" gap="xs">
            <Said condition={condition} />
            <Tooltip label={t("people.clearFilter")}>
              <ActionIcon
                variant="subtle"
                color="gray"
                c="inherit"
                onClick={clear}
                aria-label={t("people.clearFilter")}
              >
                <IconX size={17} aria-hidden />
              </ActionIcon>
            </Tooltip>
          </Group>
          <Acts condition={condition} change={change} />
        </Stack>
      </Card>
      <Found condition={condition} />
    </>
  );
}

function Said({ condition }: { condition: Document }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const sentence = useSentence(condition);
  const counted = useCount(condition, true).data;
  if (sentence.error) return <Trouble error={sentence.error} />;
  return (
    <div style={{ minWidth: 0, flex: 1 }}>
      <Text fw={550} className="break">
        {sentence.data ? capital(inLanguage(sentence.data, language)) : <Skeleton h={20} />}
      </Text>
      <Text size="sm" c="dimmed" role="status" mih={22}>
        {counted &&
          `${count(counted.people, language)} ${t("conditions.people", { count: counted.people })} · ${t(
            "conditions.share",
            {
              share: share(counted.people, counted.all, language),
              all: count(counted.all, language),
            },
          )}`}
      </Text>
    </div>
  );
}

function Acts({ condition, change }: { condition: Document; change: () => void }) {
  const { t } = useTranslation();
  const { workspace } = useHere().params.path;
  const query = new URLSearchParams({ condition: JSON.stringify(condition) });
  return (
    <Group gap="xs">
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconEdit size={15} aria-hidden />}
        onClick={change}
      >
        {t("people.changeFilter")}
      </Button>
      {useMay("editor") && (
        <>
          <Button
            component="a"
            href={`/api/workspaces/${workspace}/conditions/people.csv?${query}`}
            download
            size="compact-sm"
            variant="default"
            leftSection={<IconDownload size={15} aria-hidden />}
          >
            {t("errors.export")}
          </Button>
          <Button
            component={Link}
            to={`/segments/new?who=${packed(condition)}`}
            size="compact-sm"
            variant="default"
            leftSection={<IconUsersGroup size={15} aria-hidden />}
          >
            {t("people.asSegment")}
          </Button>
        </>
      )}
    </Group>
  );
}

function Found({ condition }: { condition: Document }) {
  const { t } = useTranslation();
  const query = useEverybody(condition);
  const people = query.data?.pages.flatMap((page) => page.people) ?? [];
  if (query.error) return <Trouble error={query.error} again={() => void query.refetch()} />;
  if (!query.isPending && people.length === 0)
    return (
      <Card>
        <Empty icon={IconUsers} title={t("people.noneSuch")} todo={t("people.noneSuchDo")} />
      </Card>
    );
  const more = query.hasNextPage ? () => void query.fetchNextPage() : null;
  return (
    <Card flush>
      {query.isPending ? (
        <Lines many={8} />
      ) : (
        <PeopleRows
          people={people}
          more={more}
          busy={query.isFetchingNextPage}
          label={t("people.title")}
        />
      )}
    </Card>
  );
}
