// Who is in a segment, or was at a moment, and the way to take them along as a file.
import { Button, Group, TextInput } from "@mantine/core";
import { IconDownload, IconUsers } from "@tabler/icons-react";
import { getRouteApi } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { SegmentLine } from "@/api/schema";
import { Card } from "@/patterns/Card";
import { Empty } from "@/patterns/Empty";
import { useZone } from "@/patterns/Said";
import { Lines, Shown } from "@/patterns/Shown";
import { PersonRow } from "@/people/PersonRow";
import { clockOf, momentOf } from "@/reading/zoned";
import { useHere, useMay } from "@/signin/session";
import { useMembers } from "./queries";

const route = getRouteApi("/segments/$segment");

export function Members({ line }: { line: SegmentLine }) {
  const { t } = useTranslation();
  const { at } = route.useSearch();
  const query = useMembers(line.id, at);
  const { refetch } = query;
  useEffect(() => {
    if (!at) void refetch({ cancelRefetch: false }); // somebody came or went
  }, [line.people, at, refetch]);
  const actions = (
    <Group gap="xs">
      <AsOf at={at} />
      <Export line={line} at={at} />
    </Group>
  );
  return (
    <Card title={t("segments.members")} actions={actions} flush>
      <Shown query={query} shape={<Lines many={6} />}>
        {({ pages }) => {
          const people = pages.flatMap((page) => page.people);
          if (people.length === 0) return <Nobody line={line} at={at} />;
          return (
            <>
              <ul style={{ margin: 0, padding: 0, listStyle: "none" }}>
                {people.map((person) => (
                  <li key={person.id} className="row">
                    <PersonRow person={person} />
                  </li>
                ))}
              </ul>
              {query.hasNextPage && (
                <Button
                  variant="subtle"
                  m="xs"
                  loading={query.isFetchingNextPage}
                  onClick={() => void query.fetchNextPage()}
                >
                  {t("errors.more")}
                </Button>
              )}
            </>
          );
        }}
      </Shown>
    </Card>
  );
}

function Nobody({ line, at }: { line: SegmentLine; at: string | undefined }) {
  const { t } = useTranslation();
  if (at) return <Empty icon={IconUsers} title={t("segments.nobodyThen")} />;
  const todo = line.state === "published" ? "segments.nobodyDo" : "segments.notPublished";
  return <Empty icon={IconUsers} title={t("segments.nobody")} todo={t(todo)} />;
}

/** Who was in it on 1 March: a moment on the shop's clock. */
function AsOf({ at }: { at: string | undefined }) {
  const { t } = useTranslation();
  const zone = useZone();
  const navigate = route.useNavigate();
  const go = (moment: string) => void navigate({ search: moment ? { at: moment } : {} });
  return (
    <Group gap={4}>
      <TextInput
        type="datetime-local"
        size="xs"
        aria-label={t("segments.asOf")}
        title={t("segments.asOf")}
        value={clockOf(at ?? "", zone)}
        onChange={(event) => go(momentOf(event.currentTarget.value, zone))}
        w={190}
      />
      {at && (
        <Button variant="default" size="xs" onClick={() => go("")}>
          {t("segments.backToNow")}
        </Button>
      )}
    </Group>
  );
}

function Export({ line, at }: { line: SegmentLine; at: string | undefined }) {
  const { t } = useTranslation();
  const { workspace } = useHere().params.path;
  if (!useMay("editor") || (!line.people && !at)) return null;
  const then = at ? `?${new URLSearchParams({ at })}` : "";
  return (
    <Button
      component="a"
      href={`/api/workspaces/${workspace}/segments/${line.id}/people.csv${then}`}
      download
      variant="subtle"
      size="compact-sm"
      leftSection={<IconDownload size={15} aria-hidden />}
    >
      {t("errors.export")}
    </Button>
  );
}
