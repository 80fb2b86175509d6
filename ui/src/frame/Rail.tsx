// The way to the pages: a rail on the left, a bar at the bottom of a phone.
import { Group, Stack } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { PAGES } from "./pages";

export function Rail() {
  const { t } = useTranslation();
  return (
    <Stack component="nav" gap={2} p="sm" aria-label={t("frame.pages")}>
      {PAGES.map(({ to, word, icon: Icon }) => (
        <Link
          key={to}
          to={to}
          className="rail-link"
          activeOptions={{ exact: to === "/", includeSearch: false }}
        >
          <Icon size={19} stroke={1.7} aria-hidden />
          <span className="clip">{t(word)}</span>
        </Link>
      ))}
    </Stack>
  );
}

export function Bar() {
  const { t } = useTranslation();
  return (
    <Group component="nav" gap={0} wrap="nowrap" h="100%" aria-label={t("frame.pages")}>
      {PAGES.map(({ to, short, icon: Icon }) => (
        <Link
          key={to}
          to={to}
          className="bar-link"
          activeOptions={{ exact: to === "/", includeSearch: false }}
        >
          <Icon size={20} stroke={1.7} aria-hidden />
          <span className="clip">{t(short)}</span>
        </Link>
      ))}
    </Group>
  );
}
