// Everybody, last seen first; search and level stand in the address bar, the list scrolls without end.
import { Button, Group, SegmentedControl, Skeleton, Text, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch, IconUsers } from "@tabler/icons-react";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Card } from "@/patterns/Card";
import { Empty } from "@/patterns/Empty";
import { Page } from "@/patterns/Page";
import { Moment, Money, useLanguage } from "@/patterns/Said";
import { Lines } from "@/patterns/Shown";
import { useShop } from "@/patterns/shop";
import { LEVELS, type Level } from "@/patterns/states";
import { Trouble } from "@/patterns/Trouble";
import { count } from "@/reading/money";
import { named } from "./named";
import { useHowMany, usePeople, type Listed } from "./queries";
import { LevelBadge } from "./Who";

const route = getRouteApi("/people");
const ROW = 60;

export function People() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { q = "", level } = route.useSearch();
  const query = usePeople(q, level);
  const total = useHowMany();
  return (
    <Page
      title={t("people.title")}
      about={
        total === undefined
          ? t("people.about")
          : t("people.aboutMany", { count: total, shown: count(total, language) })
      }
    >
      <Group gap="sm">
        <SearchBox q={q} />
        <Levels chosen={level} />
      </Group>
      <Found q={q} filtered={level !== undefined} query={query} />
    </Page>
  );
}

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

interface FoundProps {
  q: string;
  filtered: boolean;
  query: ReturnType<typeof usePeople>;
}

function Found({ q, filtered, query }: FoundProps) {
  const { t } = useTranslation();
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
      <Rows people={people} more={more} busy={query.isFetchingNextPage} label={t("people.title")} />
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

interface RowsProps {
  people: Listed[];
  more: (() => void) | null;
  busy: boolean;
  label: string;
}

function Rows({ people, more, busy, label }: RowsProps) {
  const list = useRef<HTMLUListElement>(null);
  const virtual = useWindowVirtualizer({
    count: people.length + (more ? 1 : 0),
    estimateSize: () => ROW,
    overscan: 12,
    scrollMargin: list.current?.offsetTop ?? 0,
  });
  const rows = virtual.getVirtualItems();
  const last = rows.at(-1)?.index ?? 0;
  useEffect(() => {
    if (more && !busy && last >= people.length) more();
  }, [more, busy, last, people.length]);
  return (
    <ul
      ref={list}
      aria-label={label}
      style={{
        position: "relative",
        height: virtual.getTotalSize(),
        margin: 0,
        padding: 0,
        listStyle: "none",
      }}
    >
      {rows.map(({ index, start }) => (
        <li
          key={index}
          style={{
            position: "absolute",
            insetInline: 0,
            height: ROW,
            top: start - virtual.options.scrollMargin,
            borderTop: index ? "1px solid var(--line)" : undefined,
          }}
        >
          {people[index] ? <Row person={people[index]} /> : <Skeleton h={28} m="md" w="auto" />}
        </li>
      ))}
    </ul>
  );
}

function Row({ person }: { person: Listed }) {
  const { t } = useTranslation();
  const { name, beside } = named(person, t("people.unknown"));
  return (
    <Link
      to="/people/$person"
      params={{ person: person.id }}
      className="row-link"
      style={{ height: ROW }}
    >
      <Group h="100%" px="md" gap="sm" wrap="nowrap">
        <div style={{ minWidth: 0, flex: 1 }}>
          <Text size="sm" fw={600} className="clip">
            {name}
          </Text>
          <Text size="xs" c="dimmed" className="clip">
            {beside}
          </Text>
        </div>
        <LevelBadge level={person.level} />
        <Bought person={person} />
        <Text size="sm" c="dimmed" className="figure" w={120} visibleFrom="xs">
          {person.last_seen && <Moment at={person.last_seen} />}
        </Text>
      </Group>
    </Link>
  );
}

function Bought({ person: { orders, spent } }: { person: Listed }) {
  const { t } = useTranslation();
  const { currency } = useShop();
  return (
    <Text size="sm" className="figure" w={170} visibleFrom="md" component="div">
      {orders > 0 ? (
        <>
          <Money minor={spent} currency={currency} />
          <Text span size="sm" c="dimmed">
            {" "}
            · {t("people.ordersCount", { count: orders })}
          </Text>
        </>
      ) : null}
    </Text>
  );
}
