// Everybody, last seen first; search and level stand in the address bar, the list scrolls without end.
import { Button, Group, SegmentedControl, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconFilter, IconSearch, IconUsers } from "@tabler/icons-react";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Document } from "@/conditions/document";
import { packed, unpacked } from "@/conditions/packed";
import { Card } from "@/patterns/Card";
import { Empty } from "@/patterns/Empty";
import { Page } from "@/patterns/Page";
import { useLanguage } from "@/patterns/Said";
import { Lines } from "@/patterns/Shown";
import { LEVELS, type Level } from "@/patterns/states";
import { Trouble } from "@/patterns/Trouble";
import { count } from "@/reading/money";
import { FilterDrawer } from "./FilterDrawer";
import { PeopleRows } from "./PeopleRows";
import { useHowMany, usePeople } from "./queries";
import { Whom } from "./Whom";

const route = getRouteApi("/people");

export function People() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { q = "", level, who } = route.useSearch();
  const navigate = route.useNavigate();
  const [filtering, filter] = useState(false);
  const total = useHowMany();
  const condition = who ? unpacked(who) : null;
  const show = (condition: Document) => {
    filter(false);
    void navigate({ search: { who: packed(condition) } });
  };
  return (
    <Page
      title={t("people.title")}
      about={
        total === undefined
          ? t("people.about")
          : t("people.aboutMany", { count: total, shown: count(total, language) })
      }
    >
      {who ? (
        <Whom
          condition={condition}
          change={() => filter(true)}
          clear={() => void navigate({ search: {} })}
        />
      ) : (
        <>
          <Group gap="sm">
            <SearchBox q={q} />
            <Levels chosen={level} />
            <Button
              variant="default"
              leftSection={<IconFilter size={16} aria-hidden />}
              onClick={() => filter(true)}
            >
              {t("people.filter")}
            </Button>
          </Group>
          <Found q={q} level={level} />
        </>
      )}
      <FilterDrawer
        opened={filtering}
        first={condition ?? NOTHING_YET}
        close={() => filter(false)}
        show={show}
      />
    </Page>
  );
}

const NOTHING_YET = { kind: "all", conditions: [] } as Document;

/** What is typed goes into the address; another address, by the way back, into the box. */
function SearchBox({ q }: { q: string }) {
  const { t } = useTranslation();
  const navigate = route.useNavigate();
  const [typed, setTyped] = useState(q);
  const [before, setBefore] = useState(q);
  if (before !== q) {
    setBefore(q);
    if (typed.trim() !== q) setTyped(q);
  }
  const search = useDebouncedCallback((text: string) => {
    void navigate({
      search: ({ level }) => ({ ...(level && { level }), ...(text && { q: text }) }),
      replace: true,
    });
  }, 250);
  return (
    <TextInput
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        search(event.currentTarget.value.trim());
      }}
      placeholder={t("people.search")}
      aria-label={t("people.search")}
      leftSection={<IconSearch size={16} aria-hidden />}
      type="search"
      flex="1 1 16rem"
      maw={420}
    />
  );
}

function Levels({ chosen }: { chosen: Level | undefined }) {
  const { t } = useTranslation();
  const navigate = route.useNavigate();
  return (
    <SegmentedControl
      size="sm"
      aria-label={t("people.levelColumn")}
      value={chosen ?? ""}
      onChange={(level) =>
        void navigate({
          search: ({ q }) => ({ ...(q && { q }), ...(level && { level: level as Level }) }),
        })
      }
      data={[
        { value: "", label: t("people.everybody") },
        ...LEVELS.map((level) => ({ value: level, label: t(`people.level.${level}`) })),
      ]}
    />
  );
}

function Found({ q, level }: { q: string; level: Level | undefined }) {
  const { t } = useTranslation();
  const query = usePeople(q, level);
  const filtered = level !== undefined;
  const people = query.data?.pages.flatMap((page) => page.items) ?? [];
  if (query.error) return <Trouble error={query.error} again={() => void query.refetch()} />;
  if (query.isPending)
    return (
      <Card flush>
        <Lines many={8} />
      </Card>
    );
  if (people.length === 0)
    return (
      <Card>
        <Nobody q={q} filtered={filtered} />
      </Card>
    );
  const more = query.hasNextPage ? () => void query.fetchNextPage() : null;
  return (
    <Card flush>
      <PeopleRows
        people={people}
        more={more}
        busy={query.isFetchingNextPage}
        label={t("people.title")}
      />
    </Card>
  );
}

function Nobody({ q, filtered }: { q: string; filtered: boolean }) {
  const { t } = useTranslation();
  if (!q && filtered) return <Empty icon={IconUsers} title={t("people.noneOfLevel")} />;
  if (q)
    return (
      <Empty
        icon={IconSearch}
        title={t("people.notFound", { text: q })}
        todo={t("people.notFoundDo")}
      />
    );
  const way = (
    <Button component={Link} to="/settings?tab=keys" variant="light" size="xs">
      {t("people.toKeys")}
    </Button>
  );
  return <Empty icon={IconUsers} title={t("people.none")} todo={t("people.noneDo")} action={way} />;
}
