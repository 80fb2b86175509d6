// Who is in a segment, last seen first, and the way to take them along as a file.
import { Button } from "@mantine/core";
import { IconDownload, IconUsers } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { SegmentLine } from "@/api/schema";
import { Card } from "@/patterns/Card";
import { Empty } from "@/patterns/Empty";
import { Lines, Shown } from "@/patterns/Shown";
import { PersonRow } from "@/people/PersonRow";
import { useHere, useMay } from "@/signin/session";
import { useMembers } from "./queries";

export function Members({ line }: { line: SegmentLine }) {
  const { t } = useTranslation();
  const query = useMembers(line.id);
  return (
    <Card title={t("segments.members")} actions={<Export line={line} />} flush>
      <Shown query={query} shape={<Lines many={6} />}>
        {({ pages }) => {
          const people = pages.flatMap((page) => page.people);
          if (people.length === 0)
            return (
              <Empty
                icon={IconUsers}
                title={t("segments.nobody")}
                todo={t(line.state === "published" ? "segments.nobodyDo" : "segments.notPublished")}
              />
            );
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

function Export({ line }: { line: SegmentLine }) {
  const { t } = useTranslation();
  const { workspace } = useHere().params.path;
  if (!useMay("editor") || !line.people) return null;
  return (
    <Button
      component="a"
      href={`/api/workspaces/${workspace}/segments/${line.id}/people.csv`}
      download
      variant="subtle"
      size="compact-sm"
      leftSection={<IconDownload size={15} aria-hidden />}
    >
      {t("errors.export")}
    </Button>
  );
}
