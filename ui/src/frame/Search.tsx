// Ctrl-K: a person, a segment, a journey or a page, from anywhere.
import { ActionIcon, Button, Kbd } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { Spotlight, spotlight, type SpotlightActionGroupData } from "@mantine/spotlight";
import { IconRoute, IconSearch, IconUser, IconUsersGroup } from "@tabler/icons-react";
import { useRouter } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useJourneys } from "@/journeys/queries";
import { named } from "@/people/named";
import { useFewPeople } from "@/people/queries";
import { useLanguage } from "@/patterns/Said";
import { inLanguage } from "@/journeys/telling";
import { useSegments } from "@/segments/queries";
import { PAGES } from "./pages";

export function Search() {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const groups = useFound(text);
  return (
    <>
      <Button
        variant="default"
        visibleFrom="md"
        size="xs"
        w={240}
        justify="flex-start"
        styles={{ label: { flex: 1, textAlign: "left" } }}
        leftSection={<IconSearch size={14} aria-hidden />}
        rightSection={<Kbd size="xs">Ctrl K</Kbd>}
        onClick={spotlight.open}
        fw={400}
      >
        {t("frame.search")}
      </Button>
      <ActionIcon
        variant="subtle"
        color="gray"
        c="inherit"
        hiddenFrom="md"
        size={36}
        onClick={spotlight.open}
        aria-label={t("frame.search")}
      >
        <IconSearch size={20} aria-hidden />
      </ActionIcon>
      <Spotlight
        actions={groups}
        query={text}
        onQueryChange={setText}
        shortcut={["mod + K"]}
        nothingFound={t("frame.nothingFound")}
        scrollable
        maxHeight={420}
        filter={(_, actions) => actions}
        searchProps={{
          placeholder: t("frame.searchFor"),
          "aria-label": t("frame.search"),
          leftSection: <IconSearch size={18} aria-hidden />,
        }}
      />
    </>
  );
}

function useFound(text: string): SpotlightActionGroupData[] {
  const { t } = useTranslation();
  const language = useLanguage();
  const router = useRouter();
  const [settled] = useDebouncedValue(text.trim(), 200);
  const people = useFewPeople(settled);
  const journeys = useJourneys();
  const segments = useSegments();
  const fits = (label: string) =>
    label.toLocaleLowerCase().includes(text.trim().toLocaleLowerCase());
  const pages = PAGES.map(({ to, word, icon: Icon }) => ({
    id: to,
    label: t(word),
    leftSection: <Icon size={18} aria-hidden />,
    onClick: () => void router.navigate({ to }),
  }));
  const ways = (journeys.data ?? []).map((journey) => ({
    id: `journey/${journey.id}`,
    label: inLanguage(journey.name, language),
    leftSection: <IconRoute size={18} aria-hidden />,
    onClick: () =>
      void router.navigate({ to: "/journeys/$journey", params: { journey: journey.id } }),
  }));
  const groups = (segments.data?.segments ?? []).map((segment) => ({
    id: `segment/${segment.id}`,
    label: inLanguage(segment.name, language) || segment.id,
    leftSection: <IconUsersGroup size={18} aria-hidden />,
    onClick: () =>
      void router.navigate({ to: "/segments/$segment", params: { segment: segment.id } }),
  }));
  const found = (people.data ?? []).map((person) => {
    const { name, beside } = named(person, t("people.unknown"));
    return {
      id: `person/${person.id}`,
      label: name,
      description: beside,
      leftSection: <IconUser size={18} aria-hidden />,
      onClick: () => void router.navigate({ to: "/people/$person", params: { person: person.id } }),
    };
  });
  return [
    { group: t("frame.pages"), actions: pages.filter((page) => fits(page.label)) },
    { group: t("frame.segments"), actions: groups.filter((group) => fits(group.label)) },
    { group: t("frame.journeys"), actions: ways.filter((way) => fits(way.label)) },
    { group: t("frame.people"), actions: settled ? found : [] },
  ].filter((group) => group.actions.length > 0);
}
